"""The ranking engine: pure and exact, no float anywhere.

`roster` and `protocol` read what was frozen before the round, `panel` adds the marks,
`fusion` and `ranking` order the subjects, `agreement` and `bootstrap` say how sure that order is,
`result` puts the answer together.
"""
