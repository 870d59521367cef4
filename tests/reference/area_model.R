# Reference values of the area model, from the formulas with whole matrices; effects of parent units from lme4.
# Run: Rscript tests/reference/area_model.R [folder for the output, default: this script's]
# Writes area_model_data.csv (made-up areas), area_model.csv, area_model_figures.csv. R 4.2.2, lme4 1.1-31 on 2026-11-22.
#
# y = asin(sqrt(p)), psi = 1/(4n). Restricted likelihood of V = sigma2 + psi (Patterson & Thompson 1971); its derivative is
# y'PPy - tr P, P = W - WXQX'W, W = 1/V, Q = (X'WX)^-1. Adjusted: times sigma2 (Li & Lahiri 2010), so + 2/sigma2.
# EBLUP xb + g(y - xb), g = sigma2/(sigma2 + psi); mean squared error g1 + g2 + 2 g3 (Prasad & Rao 1990):
# g psi, (1-g)^2 x'Qx, psi^2/(sigma2+psi)^3 * 2/sum(V^-2). Bias-corrected rate: mean of sin(t)^2, t ~ N(EBLUP, v), the sine
# held at 0 and pi/2 at the ends, with v = g1 (Hadam, Wuerz & Kreutzmann 2020; emdi) and with v the whole error.
# Bootstrap (Gonzalez-Manteiga and others 2008): u*, e* drawn, sigma2 and b estimated again, misses squared, on the scale
# and of the rate.
suppressPackageStartupMessages(library(lme4))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here
write <- function(table, name) write.csv(table, file.path(out, name), row.names = FALSE, quote = FALSE)
digits <- function(x) sprintf("%.15g", x)

set.seed(20261122)
m <- 60
x1 <- round(rnorm(m), 3)
x2 <- round(0.9 * x1 + 0.3 * rnorm(m), 3)
x3 <- round(rnorm(m), 3)
n <- sample(40:400, m)
unit <- rep(1:10, 6)
theta <- 0.35 + 0.05 * x1 - 0.03 * x3 + 0.04 * rnorm(10)[unit] + 0.05 * rnorm(m)
p <- rbinom(m, n, sin(theta)^2) / n
se <- round(sqrt(p * (1 - p) / (n / 1.6)) * exp(0.2 * rnorm(m)), 5)
write(data.frame(x1, x2, x3, n, unit, p = digits(p), se), "area_model_data.csv")

X <- cbind(1, x1, x2, x3)
projection <- function(X, V) { W <- diag(1 / V); W - W %*% X %*% solve(t(X) %*% W %*% X) %*% t(X) %*% W }
score <- function(s2, y, X, psi, adjust) {
  P <- projection(X, s2 + psi)
  drop(t(y) %*% P %*% P %*% y) - sum(diag(P)) + if (adjust) 2 / s2 else 0
}
variance <- function(y, X, psi, adjust = FALSE) {
  low <- if (adjust) 1e-9 else 0
  if (score(low, y, X, psi, adjust) <= 0) return(0)
  uniroot(score, c(low, 1), y = y, X = X, psi = psi, adjust = adjust, tol = 1e-15, maxiter = 10000)$root
}
fit <- function(y, X, psi, adjust = FALSE) {
  s2 <- variance(y, X, psi, adjust)
  V <- s2 + psi
  Q <- solve(t(X) %*% diag(1 / V) %*% X)
  b <- drop(Q %*% t(X) %*% (y / V))
  g <- s2 / V
  xb <- drop(X %*% b)
  g1 <- g * psi
  g2 <- (1 - g)^2 * rowSums((X %*% Q) * X)
  g3 <- psi^2 / V^3 * 2 / sum(1 / V^2)
  list(s2 = s2, b = b, Q = Q, xb = xb, eblup = xb + g * (y - xb), g1 = g1, mse = g1 + g2 + 2 * g3)
}
rate <- function(centre, v) mapply(function(c, v) {
  inside <- integrate(function(t) sin(t)^2 * dnorm(t, c, sqrt(v)), max(0, c - 12 * sqrt(v)), min(pi / 2, c + 12 * sqrt(v)),
                      rel.tol = 1e-12, abs.tol = 0)$value
  inside + pnorm(pi / 2, c, sqrt(v), lower.tail = FALSE)
}, centre, v)

y <- asin(sqrt(p))
psi <- 1 / (4 * n)
f <- fit(y, X, psi)
worlds <- 4000
on_scale <- of_rate <- numeric(m)
for (i in seq_len(worlds)) {
  truth <- f$xb + sqrt(f$s2) * rnorm(m)
  drawn <- truth + sqrt(psi) * rnorm(m)
  again <- fit(drawn, X, psi)
  on_scale <- on_scale + (again$eblup - truth)^2
  # the mean of sin(t)^2 has a closed form where the ends are far: (1 - exp(-2v) cos 2c) / 2
  back <- (1 - exp(-2 * again$g1) * cos(2 * again$eblup)) / 2
  of_rate <- of_rate + (back - sin(pmin(pmax(truth, 0), pi / 2))^2)^2
}
line <- lm(log(p * (1 - p) / se^2) ~ log(n), subset = p > 0 & p < 1 & se > 0)
write(data.frame(eblup = digits(f$eblup), g1 = digits(f$g1), mse = digits(f$mse), rate_g1 = digits(rate(f$eblup, f$g1)),
                 rate_mse = digits(rate(f$eblup, f$mse)), boot_scale = digits(on_scale / worlds),
                 boot_rate = digits(of_rate / worlds), smoothed_n = digits(exp(predict(line, data.frame(n))))),
      "area_model.csv")

# Direct estimates nearer to a line than chance puts them: the restricted likelihood falls from zero on.
flat <- 0.3 + 0.05 * x1 + 0.5 * sqrt(psi) * rep(c(-1, 1), m / 2)
a <- fit(flat, X, psi, adjust = TRUE)
# Equal sampling variances: the model of areas in parent units is a mixed model with one residual variance.
equal <- 0.002
mixed <- lmer(y ~ x1 + x2 + x3 + (1 | unit), REML = TRUE, control = lmerControl(optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-14)))
vif <- function(i) 1 / (1 - summary(lm(X[, i] ~ X[, -c(1, i)]))$r.squared)
figures <- c(
  s2 = f$s2, setNames(f$b, paste0("b", 0:3)), setNames(sqrt(diag(f$Q)), paste0("se", 0:3)),
  flat_reml = variance(flat, X, psi), flat_adjusted = a$s2, setNames(a$b, paste0("flat_b", 0:3)),
  parent_residual = sigma(mixed)^2, parent_variance = as.numeric(VarCorr(mixed)$unit),
  setNames(fixef(mixed), paste0("parent_b", 0:3)), setNames(sqrt(diag(as.matrix(vcov(mixed)))), paste0("parent_se", 0:3)),
  setNames(ranef(mixed)$unit[[1]], paste0("parent_effect", 1:10)), setNames(sapply(2:4, vif), paste0("vif", 1:3)))
write(data.frame(figure = names(figures), value = digits(figures)), "area_model_figures.csv")
