"""Words of what can be wrong with the office that publishes a study, its logo and its sources."""

from riskmodel.i18n.translator import N_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "source_not_declared": ProblemWords(
        N_("The study names no source: every sheet would print “Not declared”."),
        N_("Write who made the figures and in which year (source and year): readers trust what they can look up."),
    ),
    "logo_too_heavy": ProblemWords(
        N_("The logo has {size} MB; at most {most} MB can be printed on every sheet."),
        N_(
            "Save it smaller: 1,000 pixels wide are enough for print. Ask who made the logo for a PNG for office documents."
        ),
    ),
    "logo_too_large": ProblemWords(
        N_("The logo has {width} by {height} pixels; at most {most} on each side can be read."),
        N_("Save it smaller: 1,000 pixels wide are enough for print."),
    ),
    "logo_not_picture": ProblemWords(
        N_("The logo is no picture this program can print, or its file is damaged."),
        N_("Save it as PNG, JPEG or SVG. Another name does not change what a file is: open it and save it anew."),
    ),
}
