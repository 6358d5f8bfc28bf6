# What base R says of coders: `m` has a row a coder, a column a unit, NA for what was not read; `units` names the unit of each column.
fisher_z <- function(value, error) tanh(atanh(value) + c(-1, 1) * qnorm(.975) * error / (1 - value^2))
kappa_of <- function(m) {  # Cohen 1960; the error is that of Fleiss, Cohen & Everitt 1969
  if (nrow(m) != 2) return(rep(NA, 3))
  k <- sort(unique(c(m))); p <- unclass(table(factor(m[1, ], k), factor(m[2, ], k))) / ncol(m); a <- rowSums(p); b <- colSums(p); chance <- sum(a * b)
  kappa <- (sum(diag(p)) - chance) / (1 - chance); if (sum(diag(p)) == 1 || max(a, b) == 1) return(c(kappa, NA, NA))
  on <- sum(diag(p) * (1 - (a + b) * (1 - kappa))^2); off <- p * outer(b, a, `+`)^2; diag(off) <- 0
  c(kappa, fisher_z(kappa, sqrt((on + (1 - kappa)^2 * sum(off) - (kappa - chance * (1 - kappa))^2) / ncol(m)) / (1 - chance)))
}
alpha_of <- function(m, units) {  # Krippendorff 2004: matrix of coincidences; error of the delta method, slopes taken by differences of each unit's weight
  k <- sort(unique(c(m))); pairs <- lapply(seq_len(ncol(m)), function(j) { t <- table(factor(m[, j], k)); (outer(t, t) - diag(c(t), length(t))) / (sum(t) - 1) })
  value <- function(w) { o <- Reduce(`+`, Map(`*`, w, pairs)); n <- rowSums(o); 1 - (sum(n) - 1) * (sum(o) - sum(diag(o))) / (sum(n)^2 - sum(n^2)) }
  every <- rep(1, ncol(m)); a <- value(every); common <- k[which.max(table(m))]
  if (a == 1 || length(unique(units[colSums(m != common, na.rm = TRUE) > 0])) < 3) return(c(a, NA, NA))
  slope <- function(u) { f <- function(h) value(every + h * (units == u)); h <- 1e-3; (8 * (f(h) - f(-h)) - f(2 * h) + f(-2 * h)) / 12 / h }
  x <- sapply(unique(units), slope); c(a, fisher_z(a, sqrt(length(x) * var(x))))
}
coders <- function(m, units) {
  read <- colSums(!is.na(m)) > 1; m <- m[, read, drop = FALSE]; if (nrow(m) < 2 || !any(read)) return(rep(NA, 7))
  k <- unique(na.omit(c(m))); same <- sum(sapply(k, function(v) { t <- colSums(m == v, na.rm = TRUE); sum(t * (t - 1)) })); t <- colSums(!is.na(m)); agreed <- same / sum(t * (t - 1))
  if (length(k) < 2) c(agreed, rep(NA, 6)) else c(agreed, kappa_of(m), alpha_of(m, units[read]))
}
