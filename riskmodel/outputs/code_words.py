"""Sentences about area codes: which system they follow and why it is thought so, what was mended, how two files differ.

The same words on the screen and on the command line.
"""

from __future__ import annotations

from riskmodel.i18n import Translator
from riskmodel.inputs.code_systems import CodeRule
from riskmodel.inputs.mend_codes import CodeChange
from riskmodel.inputs.recognise_codes import CodeRecognition


def system_name(rule: CodeRule, t: Translator) -> str:
    """What a system is called: its office's name for it, the country and the digits."""
    if not rule.office:
        return t("codes of {digits} digits", digits=rule.length)
    country = t.locale.territories.get(rule.country, rule.country)
    return t("{office} ({country}), {digits} digits", office=rule.office, country=country, digits=rule.length)


def recognition_sentence(found: CodeRecognition, t: Translator) -> str:
    """Which system the codes follow and the reason, as one or two sentences."""
    if found.rule is None:
        return t("These do not look like area codes.")
    name, count, parents = system_name(found.rule, t), t.number(found.values.get("count")), found.values.get("parents")  # type: ignore[arg-type]
    first = found.values.get("first")
    sentences = {
        "other_file": lambda: t("The codes are {name}: the other file has the same ones.", name=name),
        "check_digit": lambda: t("The codes are {name}: the last digit of each is the check digit of those before it.", name=name),
        "parents": lambda: t("The codes are {name}: each begins with the code of its parent unit.", name=name),
        "whole_country": lambda: t("The codes are {name}: {count} codes in {parents} parent units, as many as the country has.", name=name, count=count, parents=parents),
        "form": lambda: t("The codes look like {name}.", name=name),
        "one_form": lambda: t("The codes have {digits} digits; the first {first} are the parent unit's.", digits=found.rule.length, first=first),
        "several": lambda: t("The codes could be of several systems, and would be written differently in each."),
        "one_length": lambda: t("All codes have {digits} digits.", digits=found.rule.length),
        "two_lengths": lambda: t("Codes have {digits} digits or fewer; zeros at the beginning may be lost.", digits=found.rule.length),
    }  # fmt: skip
    return sentences[found.reason]()


def change_sentence(change: CodeChange, t: Translator) -> str:
    """What was done to codes, with one example."""
    n = change.count
    sentences = {
        "code_formula_read": lambda: t.plural("{count} formula was read as its text.", "{count} formulas were read as their text.", n),
        "code_quotes": lambda: t.plural("Quotation marks were taken off {count} code.", "Quotation marks were taken off {count} codes.", n),
        "code_blanks": lambda: t.plural("Blanks were taken out of {count} code.", "Blanks were taken out of {count} codes.", n),
        "code_decimals": lambda: t.plural("The “.0” of a spreadsheet was taken off {count} code.", "The “.0” of a spreadsheet was taken off {count} codes.", n),
        "code_marks": lambda: t.plural("Dots or dashes were taken out of {count} code.", "Dots or dashes were taken out of {count} codes.", n),
        "zeros_given_back": lambda: t.plural("{count} code got its lost zeros back.", "{count} codes got their lost zeros back.", n),
        "check_digit_added": lambda: t.plural("The check digit of {count} code was computed and added.", "The check digits of {count} codes were computed and added.", n),
        "check_digit_dropped": lambda: t.plural("The check digit was taken off {count} code.", "The check digits were taken off {count} codes.", n),
        "last_digits_dropped": lambda: t.plural("The last digits were taken off {count} code.", "The last digits were taken off {count} codes.", n),
        "codes_joined": lambda: t.plural("{count} code was joined from its columns.", "{count} codes were joined from their columns.", n),
        "letters_for_digits": lambda: t.plural("{count} code has a letter where a digit should be.", "{count} codes have letters where digits should be.", n),
    }  # fmt: skip
    sentence = sentences[change.kind]()
    if not change.examples:
        return sentence
    before, after = change.examples[0]
    return f"{sentence} {t('For example “{before}” → “{after}”.', before=before, after=after)}"
