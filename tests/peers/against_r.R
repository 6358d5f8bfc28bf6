# Expected values of the statistics, computed by R. From the root of the repository:
#   Rscript tests/peers/against_r.R > tests/peers/against_r.csv
# One row a number: id, value (12 digits), call. Needs MASS, for its data; Firth's regression is written here, on base R alone.
suppressMessages(library(MASS))
b <- transform(birthwt, race = factor(race))
e <- read.csv("tests/peers/data/endometrial.csv")
m <- glm(low ~ age + lwt + race + smoke + ht + ui, binomial, b, control = list(epsilon = 1e-14))

# The bound at which a profiled log-likelihood has lost half of qchisq(.95, 1).
bound <- function(loglik, estimate, reach, side)
  uniroot(function(x) loglik(x) - loglik(estimate) + qchisq(.95, 1) / 2, sort(estimate + side * c(1e-6, 1) * reach), tol = 1e-12)$root

# Firth (1993): log-likelihood + half the log determinant of the information.
penalised <- function(beta, X, y) {
  eta <- drop(X %*% beta); p <- plogis(eta)
  sum(plogis((2 * y - 1) * eta, log.p = TRUE)) + determinant(crossprod(X * sqrt(p * (1 - p))))$modulus[1] / 2
}
firth <- function(X, y, fixed = NULL, at = 0) {
  free <- setdiff(seq_len(ncol(X)), fixed); full <- function(z) { v <- numeric(ncol(X)); v[free] <- z; v[fixed] <- at; v }
  f <- function(z) -penalised(full(z), X, y)
  z <- optim(numeric(length(free)), f, method = "BFGS", control = list(reltol = 1e-15, maxit = 5000))$par
  for (i in 1:3) z <- optim(z, f, method = "Nelder-Mead", control = list(reltol = 1e-16, maxit = 20000))$par
  full(optim(z, f, method = "BFGS", control = list(reltol = 1e-16, maxit = 5000))$par)
}
XE <- cbind(1, scale(e[, c("NV", "PI", "EH")])); spread <- c(1, attr(scale(e[, c("NV", "PI", "EH")]), "scaled:scale"))
fit <- firth(XE, e$HG)
held <- function(j) function(x) penalised(firth(XE, e$HG, j, x), XE, e$HG)
firth_at <- function(j) fit[j] / spread[j]
firth_bound <- function(j, side) bound(held(j), fit[j], 4 * abs(fit[j]), side) / spread[j]
firth_p <- function(j) pchisq(2 * (penalised(fit, XE, e$HG) - held(j)(0)), 1, lower = FALSE)

wilcoxon <- function(f) suppressWarnings(wilcox.test(f, b, exact = FALSE))
chisq <- function(t) suppressWarnings(chisq.test(t, correct = FALSE))
ncp <- function(x, df, tail) if (pchisq(x, df) <= tail) 0 else uniroot(function(l) pchisq(x, df, l) - tail, c(0, 500), tol = 1e-12)$root
brunner <- function(x, y, side) {  # Brunner & Munzel 2000, on the logit scale
  n <- length(x); k <- length(y); r <- rank(c(x, y)); i <- 1:n
  p <- (mean(r[i]) - (n + 1) / 2) / k
  s <- var(r[i] - rank(x)); t <- var(r[-i] - rank(y))
  df <- (s / (n * k^2) + t / (k * n^2))^2 / ((s / (n * k^2))^2 / (n - 1) + (t / (k * n^2))^2 / (k - 1))
  2 * plogis(qlogis(p) + side * qt(.975, df) * sqrt(s / (n * k^2) + t / (k * n^2)) / (p * (1 - p))) - 1
}
hedges <- function(d, n) d * (1 - 3 / (4 * n - 9))

calls <- alist(
  prop.wilson.low = prop.test(59, 189, correct = FALSE)$conf.int[1],
  prop.wilson.high = prop.test(59, 189, correct = FALSE)$conf.int[2],
  chisq.race = chisq(table(b$race, b$low))$statistic,
  chisq.race.p = chisq(table(b$race, b$low))$p.value,
  chisq.ftv.p = chisq(table(b$ftv, b$low))$p.value,
  chisq.smoke.yates.p = chisq.test(table(b$smoke, b$low))$p.value,
  fisher.ht.p = fisher.test(table(b$ht, b$low))$p.value,
  fisher.ftv.p = fisher.test(table(b$ftv, b$low))$p.value,
  cramer.race = sqrt(chisq(table(b$race, b$low))$statistic / 189),
  cramer.race.low = sqrt(ncp(chisq(table(b$race, b$low))$statistic, 2, .975) / 189),
  cramer.race.high = sqrt(ncp(chisq(table(b$race, b$low))$statistic, 2, .025) / 189),
  cramer.smoke.low = sqrt(ncp(chisq(table(b$smoke, b$low))$statistic, 1, .975) / 189),
  cramer.smoke.high = sqrt(ncp(chisq(table(b$smoke, b$low))$statistic, 1, .025) / 189),
  shapiro.bwt.smoke.p = shapiro.test(b$bwt[b$smoke == 1])$p.value,
  welch.bwt = t.test(bwt ~ smoke, b)$statistic,
  welch.bwt.p = t.test(bwt ~ smoke, b)$p.value,
  welch.bwt.low = t.test(bwt ~ smoke, b)$conf.int[1],
  welch.bwt.high = t.test(bwt ~ smoke, b)$conf.int[2],
  wilcox.lwt = wilcoxon(lwt ~ low)$statistic,
  wilcox.lwt.p = wilcoxon(lwt ~ low)$p.value,
  biserial.lwt = 2 * wilcoxon(lwt ~ low)$statistic[[1]] / (59 * 130) - 1,
  biserial.lwt.low = brunner(b$lwt[b$low == 0], b$lwt[b$low == 1], -1),
  biserial.lwt.high = brunner(b$lwt[b$low == 0], b$lwt[b$low == 1], 1),
  kruskal.lwt = kruskal.test(lwt ~ race, b)$statistic,
  kruskal.lwt.p = kruskal.test(lwt ~ race, b)$p.value,
  epsilon.lwt = kruskal.test(lwt ~ race, b)$statistic / 188,
  holm.1 = p.adjust(c(.001, .01, .02, .04, .2), "holm")[1],
  holm.3 = p.adjust(c(.001, .01, .02, .04, .2), "holm")[3],
  holm.4 = p.adjust(c(.001, .01, .02, .04, .2), "holm")[4],
  bh.2 = p.adjust(c(.001, .01, .02, .04, .2), "BH")[2],
  bh.4 = p.adjust(c(.001, .01, .02, .04, .2), "BH")[4],
  glm.age = coef(m)[["age"]],
  glm.race2 = coef(m)[["race2"]],
  glm.smoke.or = exp(coef(m)[["smoke"]]),
  glm.smoke.wald.low = exp(confint.default(m)["smoke", 1]),
  glm.smoke.wald.high = exp(confint.default(m)["smoke", 2]),
  glm.smoke.wald.p = coef(summary(m))["smoke", 4],
  firth.NV = firth_at(2),
  firth.NV.low = firth_bound(2, -1),
  firth.NV.high = firth_bound(2, 1),
  firth.NV.p = firth_p(2),
  firth.PI = firth_at(3),
  firth.PI.low = firth_bound(3, -1),
  firth.PI.high = firth_bound(3, 1),
  firth.PI.p = firth_p(3),
  firth.EH = firth_at(4),
  firth.EH.low = firth_bound(4, -1),
  firth.EH.high = firth_bound(4, 1),
  firth.EH.p = firth_p(4),
  power.prop = power.prop.test(n = 50, p1 = .5, p2 = .75, strict = TRUE)$power,
  power.prop.n = power.prop.test(p1 = .5, p2 = .75, power = .8, strict = TRUE, tol = 1e-12)$n,
  power.prop.detectable = power.prop.test(n = 50, p1 = .5, power = .8, strict = TRUE, tol = 1e-12)$p2,
  power.t = power.t.test(n = 20, delta = 1, sd = 1, strict = TRUE)$power,
  power.t.n = power.t.test(power = .9, delta = 1, strict = TRUE, tol = 1e-12)$n,
  power.t.detectable = power.t.test(n = 20, power = .8, strict = TRUE, tol = 1e-12)$delta
)
write.csv(data.frame(
  id = names(calls),
  value = sapply(calls, function(call) format(as.numeric(eval(call))[1], digits = 12)),
  call = sapply(calls, function(call) paste(trimws(deparse(call, 500)), collapse = " "))
), row.names = FALSE)
