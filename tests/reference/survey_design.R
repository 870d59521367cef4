# Reference values for finite population corrections, two stages and replicate weights, from R package survey.
# Run: Rscript tests/reference/survey_design.R [folder for the output, default: this script's]
# Reads survey_design_data.csv (made by survey_design_data.py); writes survey_design.csv (coefficients and errors),
# survey_design_factors.csv (what each replicate multiplies the weights of a PSU by), survey_design_rscales.csv and
# survey_design_fit_test.csv. Made with the versions in survey_versions.csv.
suppressPackageStartupMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_design_data.csv"), na.strings = "", stringsAsFactors = FALSE)
data$sex <- factor(data$sex, levels = c("mujer", "hombre"))
data$zone <- factor(data$zone, levels = c("urbana", "rural"))
data$unit <- paste(data$stratum, data$psu)
data$endless <- Inf
psus_drawn <- c(tapply(data$unit, data$stratum, function(u) length(unique(u))))
data$fraction <- psus_drawn[data$stratum] / data$psus

control <- glm.control(epsilon = 1e-14, maxit = 100)
formula <- outcome ~ sex + zone + age
fit <- function(design, rule = "fail") {
  options(survey.lonely.psu = rule)
  first <- svyglm(formula, design = design, family = quasibinomial(), control = control)
  # Started again at its solution: the working weights, and so the errors, are then those of the last coefficients.
  start_at <<- coef(first)
  svyglm(formula, design = design, family = quasibinomial(), control = control, start = start_at)
}
children <- function(design) subset(design, age >= 5)

# Stages and corrections. `regular`: strata without a lonely unit at either stage (s10 is taken whole).
one <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~psus, data = data, nest = TRUE)
share <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~fraction, data = data, nest = TRUE)
two <- svydesign(ids = ~psu + ssu, strata = ~stratum, weights = ~weight, fpc = ~psus + ssus, data = data, nest = TRUE)
open <- svydesign(ids = ~psu + ssu, strata = ~stratum, weights = ~weight, fpc = ~psus + endless, data = data,
                  nest = TRUE)
regular <- function(design) subset(design, !(stratum %in% c("s09", "s11")))
single <- function(design) subset(design, stratum != "s11")
models <- list(
  fpc = fit(regular(one)),
  fpc_fraction = fit(regular(share)),
  fpc_domain = fit(children(regular(one))),
  two_stage = fit(regular(two)),
  two_stage_domain = fit(children(regular(two))),
  two_stage_no_fpc2 = fit(regular(open)),
  fpc_adjust = fit(children(one), "adjust"),
  fpc_average = fit(children(one), "average"),
  fpc_certainty = fit(children(one), "certainty"),
  fpc_remove = fit(children(one), "remove"),
  two_stage_adjust = fit(children(two), "adjust"),
  two_stage_average = fit(children(single(two)), "average"),
  two_stage_certainty = fit(children(two), "certainty"),
  two_stage_remove = fit(children(two), "remove")
)

# Replicate weights, made by R from the strata with two PSUs.
pairs <- data[data$stratum <= "s08", ]
clusters <- svydesign(ids = ~unit, weights = ~weight, data = pairs)
strata <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = pairs, nest = TRUE)
set.seed(20261122)
made <- list(
  jk1 = as.svrepdesign(clusters, type = "JK1", compress = FALSE),
  jkn = as.svrepdesign(strata, type = "JKn", compress = FALSE),
  brr = as.svrepdesign(strata, type = "BRR", compress = FALSE),
  fay = as.svrepdesign(strata, type = "Fay", fay.rho = 0.3, compress = FALSE),
  boot = as.svrepdesign(strata, type = "bootstrap", replicates = 40, compress = FALSE)
)
factors <- lapply(made, function(d) round(unclass(as.matrix(weights(d, "replication"))), 12))
wide <- do.call(cbind, lapply(names(factors), function(name) {
  columns <- data.frame(factors[[name]])
  names(columns) <- paste0(name, seq_along(columns))
  columns
}))
first <- !duplicated(pairs$unit)
write.csv(cbind(pairs[first, c("stratum", "psu")], wide[first, ]), file.path(out, "survey_design_factors.csv"),
          row.names = FALSE, quote = FALSE)
rscales <- made$jkn$rscales
write.csv(data.frame(rscales = rscales), file.path(out, "survey_design_rscales.csv"), row.names = FALSE, quote = FALSE)

replicated <- function(name, type, mse, combined = TRUE, ...) {
  columns <- if (combined) factors[[name]] * pairs$weight else factors[[name]]
  suppressWarnings(svrepdesign(data = pairs, weights = ~weight, repweights = columns, type = type, mse = mse,
                               combined.weights = combined, ...))
}
designs <- list(
  jk1 = replicated("jk1", "JK1", FALSE),
  jk1_mse = replicated("jk1", "JK1", TRUE),
  jk1_factors = replicated("jk1", "JK1", FALSE, combined = FALSE),
  jkn = replicated("jkn", "JKn", FALSE, rscales = rscales),
  jkn_mse = replicated("jkn", "JKn", TRUE, rscales = rscales),
  jkn_factors = replicated("jkn", "JKn", TRUE, combined = FALSE),
  brr = replicated("brr", "BRR", FALSE),
  brr_mse = replicated("brr", "BRR", TRUE),
  fay = replicated("fay", "Fay", FALSE, rho = 0.3),
  fay_mse = replicated("fay", "Fay", TRUE, rho = 0.3),
  bootstrap = replicated("boot", "bootstrap", FALSE),
  bootstrap_mse = replicated("boot", "bootstrap", TRUE),
  bootstrap_scale = replicated("boot", "bootstrap", TRUE, scale = 0.05)
)
models <- c(models, lapply(designs, fit),
            list(jkn_domain = fit(children(designs$jkn)), bootstrap_domain = fit(children(designs$bootstrap_mse))))

rows <- function(case, model) {
  data.frame(case = case, term = names(coef(model)), coef = sprintf("%.16g", coef(model)),
             se = sprintf("%.16g", sqrt(diag(vcov(model)))), df = model$df.residual, n = length(model$y))
}
write.csv(do.call(rbind, Map(rows, names(models), models)), file.path(out, "survey_design.csv"), row.names = FALSE,
          quote = FALSE)

# Archer and Lemeshow's test by its formula, mean residuals and their covariance from svyby(svymean).
fit_test <- function(case, design, model) {
  design <- subset(design, !is.na(zone))
  frame <- if (inherits(design, "svyrep.design")) design$variables else model.frame(design)
  p <- as.numeric(predict(model, newdata = frame, type = "response"))
  w <- weights(design, "sampling")
  rank <- order(p)
  middle <- numeric(length(p))
  middle[rank] <- (cumsum(w[rank]) - w[rank] / 2) / sum(w)
  # Children with equal risk stay together: the middle of the weight of all of them.
  middle <- ave(seq_along(p), round(p, 12), FUN = function(i) weighted.mean(middle[i], w[i]))
  design <- update(design, residual = frame$outcome - p, part = pmin(floor(middle * 10), 9))
  means <- svyby(~residual, ~part, design, svymean, covmat = TRUE)
  m <- coef(means)
  statistic <- as.numeric(t(m) %*% solve(vcov(means)) %*% m)
  f <- degf(design)
  g <- length(m)
  data.frame(case = case, f = sprintf("%.16g", (f - g + 2) / (f * g) * statistic), df1 = g - 1, df2 = f - g + 2)
}
options(survey.lonely.psu = "adjust")
tests <- rbind(fit_test("two_stage_adjust", children(two), models$two_stage_adjust),
               fit_test("jk1_mse", designs$jk1_mse, models$jk1_mse))
write.csv(tests, file.path(out, "survey_design_fit_test.csv"), row.names = FALSE, quote = FALSE)
