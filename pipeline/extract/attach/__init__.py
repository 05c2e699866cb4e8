"""Says of each figure what it measures, of whom, when, compared with what; the state goes from sentence to sentence.

Rooms, each of which knows only those named before it: `state` (what a document and a sentence have said so far, and the
key in force), `kind` (what sort of statistic a quantity is, its unit and its sign), `when` (its period and what
it is compared with), `about` (whose it is, of what, with whom); `statements` walks a sentence through them all.
"""
