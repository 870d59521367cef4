"""Words and numbers in the reader's language.

English stands in the source; `locale/<language>/LC_MESSAGES/mirador.po` holds the others, read as they are, so a
translator's edit shows at the next start. No module-level language: callers hold a `Translator`.
"""

from riskmodel.i18n.say import Said, say
from riskmodel.i18n.translator import LANGUAGES, N_, NN_, Translator, translator

__all__ = ["LANGUAGES", "NN_", "N_", "Said", "Translator", "say", "translator"]
