# Reference values of a logistic regression with a random intercept for each area, from R package lme4.
# Run: Rscript tests/reference/mixed_logit.R [folder for the output, default: this script's]
# Reads survey_data.csv (made by survey_data.py); writes mixed_logit.csv and mixed_logit_effects.csv. The areas are the
# PSUs of that file by stratum. R 4.2.2, lme4 1.1.31 on 2026-11-22.
suppressPackageStartupMessages(library(lme4))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_data.csv"), na.strings = "", stringsAsFactors = FALSE)
data$sex <- factor(data$sex, levels = c("mujer", "hombre"))
data$zone <- factor(data$zone, levels = c("urbana", "dispersa", "rural"))
data <- data[data$age >= 5 & !is.na(data$zone), ]
data$area <- paste(data$stratum, data$psu)
control <- glmerControl(optimizer = "bobyqa", optCtrl = list(maxfun = 1e5, rhoend = 1e-9), tolPwrss = 1e-12)
rows <- list(); effects <- list()
for (nodes in c(7, 15)) {
  fit <- glmer(outcome ~ sex + zone + age + (1 | area), data = data, family = binomial(), nAGQ = nodes, control = control)
  b <- fixef(fit)
  rows[[length(rows) + 1]] <- data.frame(nodes = nodes, term = c(names(b), "sd", "log_likelihood"),
    value = sprintf("%.12g", c(b, sqrt(unlist(VarCorr(fit))), as.numeric(logLik(fit)))))
  u <- ranef(fit)$area
  effects[[length(effects) + 1]] <- data.frame(nodes = nodes, area = rownames(u), mode = sprintf("%.12g", u[, 1]))
}
write.csv(do.call(rbind, rows), file.path(out, "mixed_logit.csv"), row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, effects), file.path(out, "mixed_logit_effects.csv"), row.names = FALSE, quote = FALSE)
