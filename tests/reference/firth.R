# Reference values of Firth's penalised logistic regression, from R package brglm2 (AS_mean).
# Run: Rscript tests/reference/firth.R [folder for the output, default: this script's]
# Reads survey_data.csv (made by survey_data.py); writes firth.csv. R 4.2.2, brglm2 0.9 on 2026-11-22.
suppressPackageStartupMessages(library(brglm2))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_data.csv"), na.strings = "", stringsAsFactors = FALSE)
data$sex <- factor(data$sex, levels = c("mujer", "hombre"))
data$zone <- factor(data$zone, levels = c("urbana", "dispersa", "rural"))
data <- data[data$age >= 5 & !is.na(data$zone), ]
data$income <- data$income / 1e6
few <- data[data$stratum == "e4", ]
few$outcome[few$zone == "dispersa"] <- 0  # separated
fit <- function(data, weights) {
  data$w <- weights / mean(weights)
  suppressWarnings(coef(glm(outcome ~ sex + zone + age + income, data = data, family = binomial(), weights = w,
    method = "brglmFit", type = "AS_mean", control = list(epsilon = 1e-12, maxit = 5000, slowit = 1))))
}
cases <- list(all_weighted = fit(data, data$weight), all_equal = fit(data, rep(1, nrow(data))),
              separated_weighted = fit(few, few$weight), separated_equal = fit(few, rep(1, nrow(few))))
table <- do.call(rbind, Map(function(case, b) data.frame(case = case, term = names(b), coef = sprintf("%.16g", b)),
                            names(cases), cases))
write.csv(table, file.path(out, "firth.csv"), row.names = FALSE, quote = FALSE)
