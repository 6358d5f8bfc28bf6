# What base R says of a data set, one function for each function of `stats`; `../against_r.py` calls them by batches.
quiet <- function(x) suppressWarnings(x)
proportion <- function(k, n) c(k / n, quiet(prop.test(k, n, correct = FALSE)$conf.int))
mean_interval <- function(x) c(mean(x), t.test(x)$conf.int)
summary_ <- function(x) { x <- x[!is.na(x)]; c(length(x), mean(x), sd(x), quantile(x, c(.5, .25, .75))) }
difference <- function(a, n, b, m) {  # Newcombe 1998, method 10
  w <- function(k, n) { z <- qnorm(.975); (k / n + z^2 / (2 * n) + c(-1, 1) * z * sqrt(k / n * (1 - k / n) / n + z^2 / (4 * n^2))) / (1 + z^2 / n) }
  p <- a / n; q <- b / m; l <- w(a, n); r <- w(b, m)
  c(p - q, p - q - sqrt((p - l[1])^2 + (r[2] - q)^2), p - q + sqrt((l[2] - p)^2 + (q - r[1])^2))
}
categorical <- function(t) {
  t <- t[rowSums(t) > 0, , drop = FALSE]; t <- t[, colSums(t) > 0, drop = FALSE]
  if (min(dim(t)) < 2) return(rep(NA, 4))
  x <- quiet(chisq.test(t, correct = FALSE)); few <- min(x$expected) < 5 || all(dim(t) == 2)
  c(x$statistic, x$p.value, sqrt(x$statistic / sum(t) / (min(dim(t)) - 1)), if (few) fisher.test(t, workspace = 2e7)$p.value else NA)
}
two_groups <- function(x, y) {
  w <- quiet(wilcox.test(x, y, exact = if (max(length(x), length(y)) < 50 && !anyDuplicated(c(x, y))) TRUE else FALSE))
  s <- function(v) if (length(v) < 3 || diff(range(v)) == 0) NA else shapiro.test(v)$p.value
  ranks <- is.na(s(x)) || is.na(s(y)) || min(s(x), s(y)) < .05
  r <- c(s(x), s(y), if (ranks) w$p.value else t.test(x, y)$p.value, 2 * w$statistic / (length(x) * length(y)) - 1)
  if (var(x) == 0 && var(y) == 0) return(c(r, rep(NA, 5)))
  t <- t.test(x, y); n <- length(x); m <- length(y); d <- n + m - 2
  sp <- sqrt(((n - 1) * var(x) + (m - 1) * var(y)) / d); J <- exp(lgamma(d / 2) - log(sqrt(d / 2)) - lgamma((d - 1) / 2))
  se <- sqrt(var(x) / n + var(y) / m)
  at <- function(p) { f <- function(v) quiet(pt(t$statistic, t$parameter, v)) - p; uniroot(f, t$statistic + c(-1, 1) * 6 * sqrt(1 + t$statistic^2 / t$parameter), extendInt = "downX", tol = 1e-13)$root }
  c(r, t$conf.int, J * (mean(x) - mean(y)) / sp, if (abs(t$statistic) > 12) c(NA, NA) else J * se / sp * c(at(.975), at(.025)))
}
several_groups <- function(x, g) { k <- kruskal.test(x, g); c(k$statistic, k$p.value, k$statistic / (length(x) - 1)) }
corrected <- function(p) c(p.adjust(p, "holm"), p.adjust(p, "BH"))
odds <- function(a, b, c, d) {
  t <- matrix(base::c(a, b, c, d), 2, byrow = TRUE); p <- quiet(chisq.test(t, correct = FALSE)$p.value); f <- fisher.test(t)$p.value
  if (min(t) == 0) return(base::c(NA, NA, NA, p, f))
  l <- log(a * d / b / c); base::c(exp(l + base::c(0, -1, 1) * qnorm(.975) * sqrt(sum(1 / t))), p, f)
}
logistic <- function(y, x) {  # twice: glm keeps the errors of the step before the last, which differ from the sixth digit on
  m <- glm(y ~ x, binomial, control = list(epsilon = 1e-14, maxit = 100)); m <- glm(y ~ x, binomial, start = coef(m), control = list(epsilon = 1e-14))
  c(coef(m)[-1], confint.default(m)[-1, ], coef(summary(m))[-1, 4])
}
alpha <- function(x) {
  x <- x[complete.cases(x), , drop = FALSE]; x <- x[, apply(x, 2, var) > 0, drop = FALSE]; k <- ncol(x); n <- nrow(x)
  a <- k / (k - 1) * (1 - sum(diag(cov(x))) / sum(cov(x))); c(a, 1 - (1 - a) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1)))
}
item_rest <- function(x) quiet(sapply(seq_len(ncol(x)), function(i) cor(x[, i], rowSums(x[, -i, drop = FALSE]))))
power_shares <- function(n, p, q) power.prop.test(n = n, p1 = p, p2 = q, strict = TRUE)$power
power_means <- function(n, d, s) power.t.test(n = n, delta = d, sd = s, strict = TRUE)$power
say <- function(call) cat(tryCatch(paste(format(as.numeric(eval(call)), digits = 15, trim = TRUE), collapse = " "), error = function(e) "error"), "\n")
