# What base R says of numbers. Every oracle is a function of the same name as its draw; `../against_r.py` calls them by batches.
quiet <- function(x) suppressWarnings(x)
say <- function(call) cat(tryCatch(paste(format(as.numeric(eval(call)), digits = 15, trim = TRUE), collapse = " "), error = function(e) "error"), "\n")
mean_interval <- function(x, level) if (length(x) < 2) c(mean(x), NA, NA) else c(mean(x), t.test(x, conf.level = level)$conf.int)
mean_intervals <- function(t, level) {
  margin <- ifelse(t[, 1] < 2, NA, quiet(qt((1 + level) / 2, t[, 1] - 1)) * t[, 3] / sqrt(t[, 1])); c(t[, 2] - margin, t[, 2] + margin)
}
summary_ <- function(x) { x <- x[!is.na(x)]; c(length(x), mean(x), sd(x), quantile(x, c(.5, .25, .75), type = 7)) }
normality <- function(x) if (length(x) < 3 || diff(range(x)) == 0) NA else shapiro.test(x)$p.value
by_ranks <- function(x, y) quiet(wilcox.test(x, y, exact = max(length(x), length(y)) < 50 && !anyDuplicated(c(x, y))))
rank_biserial <- function(x, y, level) {  # Brunner & Munzel 2000, on Fisher's z (Konietschke & others 2012)
  n <- length(x); k <- length(y); if (min(n, k) < 2 || diff(range(c(x, y))) == 0) return(rep(NA, 3))
  r <- rank(c(x, y)); i <- seq_len(n); p <- (mean(r[i]) - (n + 1) / 2) / k; s <- var(r[i] - rank(x)); t <- var(r[-i] - rank(y))
  if (s + t == 0) return(c(2 * p - 1, NA, NA))
  df <- (s / (n * k^2) + t / (k * n^2))^2 / ((s / (n * k^2))^2 / (n - 1) + (t / (k * n^2))^2 / (k - 1))
  e <- 2 * p - 1; c(e, tanh(atanh(e) + c(-1, 1) * qt((1 + level) / 2, df) * 2 * sqrt(s / (n * k^2) + t / (k * n^2)) / (1 - e^2)))
}
hedges_g <- function(t, df, error, within, level) {  # Steiger & Fouladi 1997
  J <- exp(lgamma(within / 2) - log(sqrt(within / 2)) - lgamma((within - 1) / 2))
  at <- function(p) uniroot(function(v) quiet(pt(t, df, v)) - p, t + c(-1, 1) * 6 * sqrt(1 + t^2 / df), extendInt = "downX", tol = 1e-13)$root
  J * error * c(t, if (abs(t) > 12) c(NA, NA) else c(at((1 + level) / 2), at((1 - level) / 2)))
}
means_row <- function(s, pooled, level) {  # Student's test or Welch's, from n, mean, sd of two groups
  n <- s[1]; m <- s[4]; d <- s[2] - s[5]; a <- s[3]^2; b <- s[6]^2
  if (min(n, m) < 2 || a + b == 0) return(c(NA, NA, NA, d, rep(NA, 5)))
  sp <- sqrt(((n - 1) * a + (m - 1) * b) / (n + m - 2)); se <- if (pooled) sp * sqrt(1 / n + 1 / m) else sqrt(a / n + b / m)
  df <- if (pooled) n + m - 2 else se^4 / ((a / n)^2 / (n - 1) + (b / m)^2 / (m - 1))
  c(d / se, df, 2 * pt(-abs(d / se), df), d, d + c(-1, 1) * qt((1 + level) / 2, df) * se, hedges_g(d / se, df, se / sp, n + m - 2, level))
}
from_summaries <- function(s, level) c(means_row(s, TRUE, level), means_row(s, FALSE, level))
pairs_from_summaries <- function(pairs, level) apply(pairs, 1, means_row, pooled = FALSE, level = level)
two_groups <- function(x, y, level, ordinal = FALSE) {
  x <- x[!is.na(x)]; y <- y[!is.na(y)]; n <- length(x); m <- length(y)
  about <- c(n, m, mean(x), mean(y), sd(x), sd(y), median(x), median(y))
  if (min(n, m) < 2 || diff(range(c(x, y))) == 0) return(c(about, rep(NA, 14)))
  p <- c(normality(x), normality(y)); ranks <- ordinal || anyNA(p) || min(p) < .05; w <- by_ranks(x, y)
  welch <- means_row(c(n, mean(x), sd(x), m, mean(y), sd(y)), FALSE, level)
  if (var(x) + var(y) > 0) welch[c(1, 3, 5, 6)] <- unlist(t.test(x, y, conf.level = level)[c("statistic", "p.value", "conf.int")])
  c(about, p, if (ranks) c(w$statistic, w$p.value) else welch[c(1, 3)], welch[4:9], rank_biserial(x, y, level), w$statistic / n / m)
}
# A bound by draws is kept where it is one of `draws` draws might give, five standard errors around R's own; else R's own.
near <- function(ours, drawn, tail, draws) {
  slack <- 5 * sqrt(tail * (1 - tail) * (1 / draws + 1 / length(drawn))) + 2 / length(drawn)
  allowed <- quantile(drawn, pmin(pmax(tail + c(-1, 0, 1) * slack, 0), 1), names = FALSE)
  if (tail + slack >= 1) allowed[3] <- Inf; if (tail - slack <= 0) allowed[1] <- -Inf  # beyond the furthest draw
  if (is.na(ours)) NA else if (ours > allowed[1] - 1e-9 && ours < allowed[3] + 1e-9) ours else allowed[2]
}
explained <- function(counts) {  # H / (n - 1) of each column, from a list of counts (values x draws), one of each group
  together <- Reduce(`+`, counts); n <- colSums(together)[1]
  rank <- apply(together, 2, cumsum) - (together - 1) / 2 - (n + 1) / 2
  Reduce(`+`, lapply(counts, function(k) colSums(k * rank)^2 / colSums(k))) / colSums(together * rank^2)
}
several_groups <- function(x, g, level, ours, draws = 1999) {
  set.seed(1)
  known <- !is.na(x); x <- x[known]; g <- factor(g[known]); n <- length(x); k <- nlevels(g)
  if (k < 2 || diff(range(x)) == 0 || max(table(g)) < 2) return(c(k, n, rep(NA, 6)))
  test <- kruskal.test(x, g); e <- test$statistic / (n - 1); spans <- do.call(rbind, tapply(x, g, range)); spans <- spans[order(spans[, 1], spans[, 2]), ]
  df <- n / k - 1; tail <- pnorm(qt((1 - level) / 2, df) * sqrt(1 + 1 / df))  # rarer than a draw: no bound, as the furthest draw depends on their number
  if (min(table(g)) < 3 || all(spans[-k, 2] < spans[-1, 1]) || tail * draws < 1) return(c(k, n, test$statistic, k - 1, test$p.value, e, NA, NA))
  counts <- unclass(table(g, x)); shares <- explained(lapply(seq_len(k), function(i) rmultinom(8000, sum(counts[i, ]) - 1, counts[i, ])))
  shares <- shares[!is.na(shares)]
  drawn <- 1 - (1 - shares) * (n - k - 1) / (n - 2 * k) * (n - 1) / (n - k)
  local <- noncentral_v(test$statistic, k - 1, n - 1, level)[2]^2
  c(k, n, test$statistic, k - 1, test$p.value, e, near(ours[1], pmin(pmax(drawn, local), e), tail, draws), near(ours[2], pmax(drawn, e), 1 - tail, draws))
}
alpha <- function(x, level) {  # Cronbach 1951; Feldt, Woodruff & Salih 1987
  x <- x[complete.cases(x), , drop = FALSE]; n <- nrow(x); x <- x[, apply(x, 2, function(v) length(unique(v)) > 1), drop = FALSE]; k <- ncol(x)
  if (n < 2 || k < 2 || var(rowSums(x)) < 1e-12 * sum(diag(var(x)))) return(c(n, k, NA, NA, NA))
  a <- k / (k - 1) * (1 - sum(diag(cov(x))) / sum(cov(x))); c(n, k, a, 1 - (1 - a) * qf(c(1 + level, 1 - level) / 2, n - 1, (n - 1) * (k - 1)))
}
item_rest <- function(x) {
  x <- x[complete.cases(x), , drop = FALSE]; k <- seq_len(ncol(x))
  rest <- function(i) if (nrow(x) < 2) NA else quiet(cor(x[, i], rowSums(x[, -i, drop = FALSE])))
  c(rep(nrow(x), length(k)), colMeans(x), sapply(k, rest))
}
