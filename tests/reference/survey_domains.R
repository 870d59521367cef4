# Reference values of direct estimates by domain, from R package survey.
# Run: Rscript tests/reference/survey_domains.R [folder for the output, default: this script's]
# Reads survey_data.csv (made by survey_data.py); writes survey_domains.csv. Domains are the zones, among children of 5 or
# more; PSUs and strata without any stay in the design.
suppressPackageStartupMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_data.csv"), na.strings = "", stringsAsFactors = FALSE)
full <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
options(survey.lonely.psu = "fail")
children <- subset(full, !(stratum %in% c("e6", "e8")) & age >= 5 & !is.na(zone))
found <- svyby(~outcome, ~zone, children, svymean)
table <- data.frame(domain = found$zone, direct = sprintf("%.16g", coef(found)), se = sprintf("%.16g", SE(found)),
                    survey = as.character(packageVersion("survey")), date = "2026-11-22")
write.csv(table, file.path(out, "survey_domains.csv"), row.names = FALSE, quote = FALSE)
