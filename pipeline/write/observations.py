"""The view `observations`: what the records say of each series and period, one row each.

A row is a series key (flow, indicator unless a trade flow says it, commodity, reporting area, partner), a
period, and the unit of its level, so that currencies stay apart. Level, growth and share stand side by side,
each with the record it was taken from. Where several records state the same thing, the first in this order
is taken, and the number of different values is told:

1. not struck by a check: confirmed and repaired before unchecked before conflicting;
2. actual before estimate before forecast before target;
3. printed in the document that was published last (a restatement);
4. given exactly before bounded (`about`, `more than`), then with the narrower interval;
5. the greater confidence, then the lesser id.

A growth or share belongs to the unit of the level that it speaks of (`relates_to`); without one, to every
unit. Growth over the year comes before other comparisons. The SQL is standard: DuckDB, PostgreSQL and SQLite
run it as it is.
"""

from __future__ import annotations

_ORDER = """
    CASE r."check" WHEN 'confirmed' THEN 0 WHEN 'repaired' THEN 0 WHEN 'unchecked' THEN 1 ELSE 2 END,
    CASE r.obs_status WHEN 'A' THEN 0 WHEN 'E' THEN 1 WHEN 'F' THEN 2 ELSE 3 END,
    COALESCE(d.published, '') DESC,
    CASE r.bound WHEN '=' THEN 0 ELSE 1 END,
    {width},
    r.confidence DESC,
    r.id
"""

_KEY = (
    "series_flow",
    "series_indicator",
    "series_commodity",
    "series_ref_area",
    "series_counterpart_area",
    "time_period",
)


def _flat(alias: str) -> str:
    """The key without nulls, so that equal keys compare equal."""
    return ", ".join(f"COALESCE({alias}.{name}, '')" for name in _KEY)


def observations_sql(number: str = "{}") -> str:
    """The SELECT of the view; `number` is how the database reads a decimal column as a number (`{}` as it
    is)."""
    width = f"{number.format('r.upper')} - {number.format('r.lower')}"
    return f"""
WITH keyed AS (
    SELECT r.id, r.document, r.measure, r.obs_value, r.lower, r.upper, r.bound, r.unit_measure, r.comparison,
        r.obs_status, r."check" AS check_status, r.time_period, r.period_start, r.period_end, d.published,
        r.flow AS series_flow, CASE WHEN r.flow IS NULL THEN lower(r.indicator) END AS series_indicator,
        lower(r.commodity) AS series_commodity, r.ref_area AS series_ref_area,
        r.counterpart_area AS series_counterpart_area,
        CASE WHEN r.measure = 'level'
            THEN r.unit_measure || COALESCE(':' || lower(r.counted), '')
            ELSE p.unit_measure || COALESCE(':' || lower(p.counted), '') END AS level_unit,
        CASE WHEN r.comparison = 'yoy' THEN 0 WHEN r.comparison IS NULL THEN 1 WHEN r.comparison = 'previous'
            THEN 2 WHEN r.comparison = 'qoq' THEN 3 ELSE 4 END AS comparison_rank,
        ROW_NUMBER() OVER (ORDER BY {_ORDER.format(width=width)}) AS precedence
    FROM records r
    LEFT JOIN documents d ON d.id = r.document
    LEFT JOIN records p ON p.id = r.relates_to AND p.measure = 'level'
    WHERE r.measure IN ('level', 'growth', 'share') AND r.time_period IS NOT NULL
),
spread AS (
    SELECT k.*, k.level_unit AS unit FROM keyed k WHERE k.measure = 'level' OR k.level_unit IS NOT NULL
    UNION ALL
    SELECT k.*, u.level_unit AS unit FROM keyed k
    LEFT JOIN (SELECT DISTINCT {", ".join(_KEY)}, level_unit FROM keyed WHERE measure = 'level') u
        ON ({_flat("k")}) = ({_flat("u")})
    WHERE k.measure <> 'level' AND k.level_unit IS NULL
),
ranked AS (
    SELECT s.*, ROW_NUMBER() OVER (
        PARTITION BY {_flat("s")}, COALESCE(unit, ''), measure
        ORDER BY CASE measure WHEN 'growth' THEN comparison_rank ELSE 0 END, precedence) AS place
    FROM spread s
)
SELECT series_flow AS flow, series_indicator AS indicator, series_commodity AS commodity,
    series_ref_area AS ref_area, series_counterpart_area AS counterpart_area, time_period,
    MIN(period_start) AS period_start, MIN(period_end) AS period_end, unit AS unit_measure,
    {_picked("level")}, {_picked("growth")},
    MAX(CASE WHEN measure = 'growth' AND place = 1 THEN comparison END) AS growth_comparison,
    {_picked("share")}
FROM ranked
GROUP BY series_flow, series_indicator, series_commodity, series_ref_area, series_counterpart_area,
    time_period, unit
"""


def precedence_sql() -> str:
    """Records that state an observation, each key's best first: by series, period, measure, then
    precedence."""
    return f"""
SELECT r.id, r.document, r.flow, CASE WHEN r.flow IS NULL THEN r.indicator END AS indicator, r.commodity,
r.ref_area,
    r.counterpart_area, r.measure, r.unit_measure, r.counted, r.comparison, r.time_period, r.obs_value,
    r.lower, r.upper, r.bound, r.obs_status, r."check"
FROM records r LEFT JOIN documents d ON d.id = r.document
WHERE r.measure <> 'rank' AND r.time_period IS NOT NULL AND r.obs_value IS NOT NULL
ORDER BY r.flow, lower(r.indicator), lower(r.commodity), r.ref_area, r.counterpart_area, r.measure,
r.time_period,
    {_ORDER.format(width="r.upper - r.lower")}
"""


def _picked(measure: str) -> str:
    first = f"CASE WHEN measure = '{measure}' AND place = 1 THEN"
    return f"""
    MAX({first} obs_value END) AS {measure},
    MAX({first} lower END) AS {measure}_lower, MAX({first} upper END) AS {measure}_upper,
    MAX({first} bound END) AS {measure}_bound, MAX({first} obs_status END) AS {measure}_status,
    MAX({first} check_status END) AS {measure}_check, MAX({first} id END) AS {measure}_record,
    MAX({first} document END) AS {measure}_document, MAX({first} published END) AS {measure}_published,
    COUNT(DISTINCT CASE WHEN measure = '{measure}' THEN obs_value END) AS {measure}_values"""
