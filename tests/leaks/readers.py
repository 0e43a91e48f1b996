"""Who may know each secret, and whose pages may change with it."""

from __future__ import annotations

MEMBERS = frozenset({"member_1", "member_2", "member_3"})
OFFICE = MEMBERS | {"appraiser", "secretary", "leader", "auditor"}
OTHER_UNIT = frozenset({"other_officer", "other_head"})

# Who may read each secret, and does. Everybody else must not.
MAY_READ = {
    # On the dossier of the person concerned.
    "discipline": frozenset({"discipline"}),
    # The export names no member: M1, M2, M3.
    "mark": OFFICE,
    "draft": OTHER_UNIT,
    # Its author's dossier names it: the gate it could open. So does who is to recognise it.
    "initiative": OFFICE | {"officer", "head", "discipline", "initiative_member"},
    "initiative's content": frozenset[str](),
    # A unit that nominates somebody writes it into the achievement report.
    "birth date": OTHER_UNIT | {"discipline", "administrator", "personnel"},
    # Those over the person: why somebody is away is not even in the log.
    "absence": OTHER_UNIT | {"discipline", "leader", "auditor", "administrator", "personnel"},
    "recusal": frozenset[str](),
    # Of a dossier of the other province.
    "own points": OFFICE | OTHER_UNIT | {"discipline"},
    # Of a dossier still in appraisal: not its own unit.
    "appraisal": OFFICE | {"discipline"},
    # The unit that was asked another question reads its own answer only.
    "opinion": OFFICE | {"discipline"},
    "comment": frozenset({"appraiser", "secretary", "leader", "auditor"}),
    "commenter": frozenset({"appraiser", "secretary"}),
    "file name": OFFICE | OTHER_UNIT | {"discipline"},
    # Of a draft, in minutes that also count a dossier that was sent.
    "votes": frozenset({"officer", "head"}),
}

# Where a reader's pages may change with the secrets, each with its reason.
OWN_DRAFT = (
    r"|/$|/people/5$|/rounds/1$|/rounds/1/nominations(\?|$|/export)"
    r"|/nominations/6(/[\w-]+(\.pdf)?)?$|/rights\?(kind=nomination&id=6|text=quyen)$"
)
# What somebody may do with a thing is asked by who may open it.
CASE = r"|/rights\?kind=case&id=[12]$"
INITIATIVE = r"|/rights\?(kind=initiative&id=3|text=hoa%20sim)$"
MARKS = r"|/rounds/1/ranking/individual/export\.json$|/nominations/1/(points|score-sheet\.pdf)$"
# The list shows the sums of the columns; the file lies beside them.
COLUMNS = (
    r"|/rounds/1/nominations(\?|$|/export)"
    r"|/nominations/2/(points|score-sheet\.pdf|files|files/2(/.*)?)$"
)
# Its gates stand open, so the class of a reason shows as it changes; so do its points.
APPRAISED = r"|/nominations/5(/(points|score-sheet\.pdf))?$"
OPINION = r"|/nominations/3/(opinions|route)$"
COMMENT = (
    r"|/publications/1(/result\.pdf|/comments/export\.(csv|xlsx))?$"
    r"|/rounds/1/public-comment(/export\.(csv|xlsx))?$"
)
# How many dossiers are in preparation, and which of those sent have points: not whose drafts.
CORRECTION = r"|/rounds/1/corrections/1$"
ABSENCE = r"|/people/5(/records/absences/1)?$"
# That something happened is in the log, what it was about is not.
LOG = r"|/audit(\?|$|/export)"
# The draft of their unit tells the class of a gate's reason, and its votes.
OWN = r"|/nominations/4(/report(\.pdf)?)?$|/nominations/5$|/peer-reviews/1(/minutes\.pdf)?$"
# Marks are part of what makes a ranking recomputable, and their mean is the council's column.
JUDGED = MARKS + COLUMNS + APPRAISED + OPINION
MAY_CHANGE = {
    "officer": OWN + INITIATIVE,
    "head": OWN + INITIATIVE,
    "initiative_member": INITIATIVE,
    # The secret draft is their own.
    "other_officer": OWN_DRAFT + COLUMNS,
    "other_head": OWN_DRAFT + COLUMNS,
    "administrator": ABSENCE,
    "personnel": ABSENCE,
    "discipline": ABSENCE + COLUMNS + APPRAISED + OPINION + CASE,
    **dict.fromkeys(MEMBERS, JUDGED),
    "member_2": JUDGED + r"|/rounds/1/score-sheet$",
    "appraiser": JUDGED + COMMENT,
    "secretary": JUDGED + COMMENT + INITIATIVE + CORRECTION,
    **dict.fromkeys(("auditor", "leader"), JUDGED + COMMENT + ABSENCE + LOG),
}
