# What base R says of counts. A table of two answers loses the rows and columns that nobody gave.
wilson <- function(k, n, level) { z <- qnorm((1 + level) / 2); (k / n + z^2 / (2 * n) + c(-1, 1) * z * sqrt(k / n * (1 - k / n) / n + z^2 / (4 * n^2))) / (1 + z^2 / n) }
proportion <- function(k, n, level) if (is.na(k + n) || n < 1 || k > n) rep(NA, 3) else c(k / n, quiet(prop.test(k, n, correct = FALSE, conf.level = level)$conf.int))
proportions <- function(pairs, level) apply(pairs, 1, function(row) proportion(row[1], row[2], level))
difference <- function(a, n, b, m, level) {  # Newcombe 1998, method 10
  if (anyNA(c(a, n, b, m)) || min(n, m) < 1) return(rep(NA, 3))
  p <- a / n; q <- b / m; l <- wilson(a, n, level); r <- wilson(b, m, level)
  c(p - q, p - q - sqrt((p - l[1])^2 + (r[2] - q)^2), p - q + sqrt((l[2] - p)^2 + (q - r[1])^2))
}
side_by_side <- function(pairs, level) apply(pairs, 1, function(w) c(proportion(w[1], w[2], level), proportion(w[3], w[4], level), difference(w[3], w[4], w[1], w[2], level)))
noncentral_v <- function(statistic, df, size, level) {  # Steiger 2004; the upper bound of a statistic below df is that of df
  at <- function(x, p) if (pchisq(x, df) <= p) 0 else uniroot(function(v) pchisq(x, df, v) - p, c(0, x + 10 * sqrt(x + df) + 20), tol = 1e-12)$root
  v <- sqrt(c(statistic, at(statistic, (1 + level) / 2), at(max(statistic, df), (1 - level) / 2)) / size); pmin(c(v[1], min(v[1:2]), v[3]), 1)
}
cramers_v <- noncentral_v
from_counts <- function(t, level, drawn = NA, draws = NA) {  # `drawn`: Fisher's p, where it is by draws
  n <- sum(t); t <- t[rowSums(t) > 0, , drop = FALSE]; t <- t[, colSums(t) > 0, drop = FALSE]
  if (min(dim(t)) < 2 || max(rowSums(t)) < 2 || max(colSums(t)) < 2) return(c(n, rep(NA, 9)))  # such tables are all as probable
  x <- quiet(chisq.test(t, correct = FALSE)); two <- all(dim(t) == 2); y <- if (two) quiet(chisq.test(t)) else list(statistic = NA, p.value = NA)
  p <- if (!is.na(drawn)) by_draws(t, drawn, draws) else if (min(x$expected) < 5 || two) fisher.test(t, workspace = 2e7)$p.value else NA
  c(n, x$statistic, x$parameter, x$p.value, y$statistic, y$p.value, p, noncentral_v(x$statistic, x$parameter, n * (min(dim(t)) - 1), level))
}
categorical <- function(x, y, level, ...) {
  known <- !is.na(x) & !is.na(y); x <- x[known]; y <- y[known]
  if (max(length(unique(x)), length(unique(y))) > 50) c(length(x), rep(NA, 9)) else from_counts(unclass(table(x, y)), level, ...)
}
# Kept where it is one of `draws` draws might give, five standard errors around R's. On sparse tables such as 8 x 6, R's exact p is wrong
# where its own draws are right (0.0805 and 0.1183, seed 17, set 87): then those decide.
by_draws <- function(t, ours, draws) {
  set.seed(1)
  p <- tryCatch(fisher.test(t, workspace = 2e6)$p.value, error = function(e) NA); apart <- function(p, error) abs(ours - p) > 5 * sqrt(p * (1 - p) / draws + error) + 2 / draws + (error > 0) * 1e-3
  if (is.na(p) || apart(p, 0)) { p <- fisher.test(t, simulate.p.value = TRUE, B = 20000)$p.value; if (apart(p, p * (1 - p) / 20000)) return(p) }
  ours
}
freeman_halton <- function(t, ours) {
  if (is.na(ours)) return(NA)
  p <- tryCatch(fisher.test(t, workspace = 2e7)$p.value, error = function(e) NA); if (is.na(p)) by_draws(t, ours, Inf) else p
}
odds_ratio <- function(k, level) {
  t <- matrix(k, 2, byrow = TRUE); if (min(rowSums(t), colSums(t)) == 0) return(c(k, rep(NA, 7)))
  x <- quiet(chisq.test(t, correct = FALSE)); p <- x$p.value; f <- fisher.test(t)$p.value; read <- if (min(x$expected) < 5) f else p
  if (min(k) == 0) return(c(k, NA, NA, NA, NA, p, f, read))
  l <- log(k[1] * k[4] / k[2] / k[3]); s <- sqrt(sum(1 / k)); c(k, exp(l + c(0, -1, 1) * qnorm((1 + level) / 2) * s), 2 * pnorm(-abs(l) / s), p, f, read)
}
odds_ratios <- function(tables, level) apply(tables, 1, odds_ratio, level = level)
univariable <- function(y, x, level) apply(x, 2, function(x) odds_ratio(as.vector(table(factor(y, c(1, 0)), factor(x, c(1, 0)))), level))
corrected <- function(p) c(p.adjust(p, "holm"), p.adjust(p, "BH"))
medians <- function(k) if (anyNA(k) || sum(k) == 0) c(sum(k), NA) else c(sum(k), median(rep(seq_along(k), k)))
strengths <- function(points, guesses) {
  at <- function(low, high) any(points >= utf8ToInt(low) & points <= utf8ToInt(high)); other <- any(!sapply(points, function(p) p < 128 && grepl("[A-Za-z0-9]", rawToChar(as.raw(p)))))
  size <- 26 * at("a", "z") + 26 * at("A", "Z") + 10 * at("0", "9") + 37 * other; bits <- length(points) * log2(size)
  c(size, length(points), bits, size, bits, guesses / bits)
}
