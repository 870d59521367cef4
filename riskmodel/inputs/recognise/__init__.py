"""Recognition: a grid of cells comes in; what the file is and how it should be read comes out, each finding with its reason.

Nothing doubtful is decided here: a finding of certainty "ask" is a question for a person.
"""
