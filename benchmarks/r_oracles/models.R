# What base R says of regressions and power.
separates <- function(y, x) {  # whether maximum likelihood has no finite solution: its errors grow without end
  m <- quiet(glm.fit(cbind(1, x), y, family = binomial(), control = list(epsilon = 1e-300, maxit = 22)))
  p <- fitted(m); any(!is.finite(p)) || sqrt(max(diag(solve(crossprod(cbind(1, x) * sqrt(p * (1 - p))) + 1e-12 * diag(ncol(x) + 1))))) > 100
}
penalised <- function(b, X, y) {  # Firth 1993: log-likelihood + half the log determinant of the information
  eta <- drop(X %*% b); p <- plogis(eta); sum(plogis((2 * y - 1) * eta, log.p = TRUE)) + determinant(crossprod(X * sqrt(p * (1 - p))))$modulus[1] / 2
}
score_of <- function(b, X, y) {
  p <- plogis(drop(X %*% b)); w <- p * (1 - p); h <- w * rowSums((X %*% solve(crossprod(X * sqrt(w)))) * X); drop(crossprod(X, y - p + h * (.5 - p)))
}
settled <- function(b, X, y) {  # Newton's steps on the score, where the likelihood is too flat to climb
  for (i in 1:3) { slopes <- sapply(seq_along(b), function(j) { d <- replace(0 * b, j, 1e-5); score_of(b + d, X, y) - score_of(b - d, X, y) }) / 2e-5; b <- b - solve(slopes, score_of(b, X, y)) }
  list(b = b, at = penalised(b, X, y))
}
climb <- function(X, y, start, fixed = integer()) {  # steps of the modified score, halved until the likelihood grows
  free <- setdiff(seq_along(start), fixed); b <- start; at <- penalised(b, X, y)
  for (i in 1:200) {
    p <- plogis(drop(X %*% b)); w <- p * (1 - p); inverse <- solve(crossprod(X * sqrt(w))); h <- w * rowSums((X %*% inverse) * X)
    score <- drop(crossprod(X, y - p + h * (.5 - p))); step <- solve(crossprod(X[, free] * sqrt(w)), score[free]); step <- step * min(1, 3 / max(abs(step)))
    for (half in 1:30) { z <- b; z[free] <- b[free] + step; v <- tryCatch(penalised(z, X, y), error = function(e) -Inf); if (is.finite(v) && v >= at - 1e-13) break; step <- step / 2 }
    done <- max(abs(z - b)) < 1e-10; b <- z; at <- v; if (done) break
  }
  list(b = b, at = at)
}
around <- function(k, spread) { set.seed(1); c(list(numeric(k)), lapply(spread, function(s) rnorm(k, 0, s))) }
highest <- function(X, y, fixed = integer(), value = 0, starts = around(ncol(X), c(2, 2, 2))) {
  ends <- lapply(starts, function(s) { s[fixed] <- value; tryCatch(climb(X, y, s, fixed), error = function(e) list(b = s, at = -Inf)) })
  ends[[which.max(sapply(ends, `[[`, "at") - 1e-9 * (seq_along(ends) > 1))]]
}
firth <- function(y, x, level, guesses) {  # a bound is searched near ours, where no start is above the cut a little further; else from the estimate
  X <- cbind(1, x); top <- settled(highest(X, y)$b, X, y); lost <- qchisq(level, 1) / 2
  bound <- function(j, side, guess) {
    at <- top$b; f <- function(v, far = NULL) { end <- highest(X, y, j, v, c(list(at, at * v / at[j]), far)); at <<- end$b; end$at - top$at + lost }
    low <- guess - side * 1e-4 * abs(guess); high <- guess + side * 1e-4 * abs(guess); far <- c(list(top$b, 8 * top$b), around(ncol(X), c(2, 5, 20, 20)))
    if (!isTRUE(f(high, far) < 0 && f(low) > 0)) { low <- at[j] <- top$b[j]; for (i in 0:14) { high <- low + side * .5 * 1.5^i; if (f(high, far) < 0) break; low <- high } }
    uniroot(f, sort(c(low, high)), tol = 1e-9)$root
  }
  sapply(seq_len(ncol(x)), function(i) c(top$b[i + 1], bound(i + 1, -1, guesses[1, i]), bound(i + 1, 1, guesses[2, i]), pchisq(2 * (top$at - highest(X, y, i + 1)$at), 1, lower = FALSE)))
}
likelihood <- function(y, x, level) {  # twice: glm keeps the errors of the step before the last, which differ from the sixth digit on
  m <- glm(y ~ x, binomial, control = list(epsilon = 1e-14, maxit = 100)); m <- glm(y ~ x, binomial, start = coef(m), control = list(epsilon = 1e-14))
  t(cbind(coef(m), confint.default(m, level = level), coef(summary(m))[, 4])[-1, , drop = FALSE])
}
regression <- function(y, x, level, ours) {
  x <- unname(x); void <- apply(is.na(x), 2, all); k <- !is.na(y) & complete.cases(x[, !void, drop = FALSE]); y <- y[k]; x <- x[k, , drop = FALSE]
  flat <- void | apply(x, 2, function(v) length(unique(v)) < 2); seen <- which(!flat); scaled <- scale(x[, seen, drop = FALSE])
  if (length(y) > length(seen) + 1) { q <- qr(cbind(1, scaled), tol = 1e-7); fit <- sort(q$pivot[seq_len(q$rank)])[-1] - 1 } else fit <- seq_along(seen)
  found <- matrix(NA, 4, ncol(x)); scaled <- scaled[, fit, drop = FALSE]; spread <- attr(scale(x), "scaled:scale")[seen[fit]]
  if (length(fit) && length(unique(y)) == 2 && length(y) > length(fit) + 1) {
    b <- if (separates(y, scaled)) firth(y, scaled, level, ours[, seen[fit], drop = FALSE] * rep(spread, each = 2)) else likelihood(y, scaled, level); b[1:3, ] <- b[1:3, ] / rep(spread, each = 3); found[, seen[fit]] <- b
  }
  least <- function(v) if (anyNA(v) || !all(v %in% 0:1) || !length(v)) NA else min(table(factor(y, 0:1), factor(v, 0:1)))
  each <- rep(1, ncol(x)); c(t(found[1:3, , drop = FALSE]), exp(found[1, ]), found[4, ], each * length(y), each * sum(y), apply(x, 2, least))
}
shares_power <- function(p, n, alpha) {  # Fleiss 1981, both tails, sizes that may differ
  q <- sum(p * n) / sum(n); limit <- qnorm(alpha / 2, lower = FALSE) * sqrt(q * (1 - q) * sum(1 / n)); e <- sqrt(sum(p * (1 - p) / n)); d <- abs(diff(p))
  if (e == 0) as.numeric(d > limit) else pnorm((d - limit) / e) + pnorm((-d - limit) / e)
}
means_power <- function(effect, n, alpha) {  # effect in deviations
  ncp <- min(effect / sqrt(sum(1 / n)), 20); df <- sum(n) - 2; limit <- qt(alpha / 2, df, lower = FALSE); quiet(pt(limit, df, ncp, lower = FALSE) + pt(-limit, df, ncp))
}
least_sizes <- function(power, n, least, target) {  # the smallest whole first size, the second in the same ratio
  other <- function(first) max(least, ceiling(first * n[2] / n[1] - 1e-9)); reached <- function(first) power(c(first, other(first))) >= target
  low <- least; high <- least; while (!reached(high) && high < 1e9) { low <- high; high <- 2 * high }
  if (high >= 1e9) return(c(NA, NA))
  while (high - low > 1) { middle <- (low + high) %/% 2; if (reached(middle)) high <- middle else low <- middle }
  first <- if (reached(low)) low else high; c(first, other(first))
}
root <- function(f, far, target) if (far == 0 || f(far) < target) NA else if (f(0) >= target) 0 else uniroot(function(d) f(d) - target, sort(c(0, far)), tol = 1e-13)$root
power_of_shares <- function(p, n, target, alpha) {
  if (min(n) < 1) return(rep(NA, 4))
  f <- function(d) shares_power(c(min(max(p[2] + d, 0), 1), p[2]), n, alpha); far <- if (f(1 - p[2]) >= target) 1 - p[2] else -p[2]
  if (p[1] == p[2]) return(c(NA, NA, NA, root(f, far, target)))
  reached <- shares_power(p, n, alpha); if (n[1] == n[2] && min(p) > 0 && max(p) < 1) reached <- power.prop.test(n[1], p[1], p[2], alpha, strict = TRUE)$power
  c(reached, least_sizes(function(n) shares_power(p, n, alpha), n, 1, target), root(f, far, target))
}
power_of_means <- function(d, s, n, target, alpha) {
  if (min(n) < 2) return(rep(NA, 4))
  spread <- sqrt(sum((n - 1) * s^2) / (sum(n) - 2)); if (spread == 0) return(rep(NA, 4))
  least <- spread * root(function(e) means_power(e, n, alpha), 20 * sqrt(sum(1 / n)), target); effect <- abs(d) / spread
  if (d == 0) return(c(NA, NA, NA, least))
  reached <- means_power(effect, n, alpha); if (n[1] == n[2]) reached <- power.t.test(n[1], d, spread, alpha, strict = TRUE)$power
  c(reached, least_sizes(function(n) means_power(effect, n, alpha), n, 2, target), least)
}
power_of_pairs <- function(effect, s, n) {
  d <- effect * sqrt(sum((n - 1) * s^2) / (sum(n) - 2)); if (min(n) < 2) c(if (sum(n) > 2) d else NA, rep(NA, 4)) else c(d, power_of_means(d, s, n, .8, .05))
}
power_of_answers <- function(k, share) sapply(k, function(count) {
  n <- c(count, sum(k) - count); if (min(n) < 1) return(NA)
  f <- function(d) shares_power(c(min(max(share + d, 0), 1), share), n, .05); root(f, if (f(1 - share) >= .8) 1 - share else -share, .8)
})
