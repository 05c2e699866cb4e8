"""Releases that are right, with every trap that has looked like a contradiction: none of them may give an error."""

from __future__ import annotations

import pytest

from pipeline.stages import process_text

CLEAN: dict[str, str] = {
    "partial list": (
        "In 2023 exports of Karelia were 12.0 billion yuan. Exports of timber were 4.0 billion yuan, of fish 3.1 "
        "billion yuan and of paper 2.2 billion yuan."
    ),
    "real vs nominal": (
        "Retail sales reached 3.61 trillion yuan in June 2023, up 3.1% from a year earlier. In real terms retail "
        "sales rose 5.2%. In June 2022 they were 3.50 trillion yuan."
    ),
    "gdp constant prices": (
        "China's GDP was 126.06 trillion yuan in 2023, an increase of 5.2% at constant prices. In 2022 GDP was "
        "121.02 trillion yuan."
    ),
    "yuan vs dollar": (
        "In 2022 foreign trade was 42.07 trillion yuan, up 7.6% year on year. In dollar terms it was 6.31 "
        "trillion dollars, up 4.4%. In 2021 foreign trade was 39.10 trillion yuan, or 6.05 trillion dollars."
    ),
    "yuan growth, dollar level": (
        "Exports rose 10.5% in yuan terms to 3.59 trillion dollars in 2022, from 3.36 trillion dollars in 2021."
    ),
    "seasonally adjusted": (
        "Exports were 253.1 billion dollars in May 2023, up 0.8% from April on a seasonally adjusted basis. In "
        "April exports were 246.9 billion dollars, not seasonally adjusted."
    ),
    "annual rate": (
        "GDP grew at an annual rate of 3.3% in the fourth quarter of 2023. GDP was 27.94 trillion dollars in the "
        "fourth quarter and 27.61 trillion dollars in the third."
    ),
    "revised base": (
        "Exports rose 5.0% to 105 billion dollars in May 2023 from a revised 100 billion dollars in May 2022. The"
        " May 2022 figure was first reported as 98 billion dollars."
    ),
    "revised base 2": (
        "Industrial output was 48.3 billion dollars in 2023, up 4.1% from the revised figure of 2022. A year ago "
        "the office had put the output of 2022 at 44.9 billion dollars."
    ),
    "quarter vs ytd": (
        "In the third quarter of 2023 exports were 31.2 billion dollars, up 4.0% year on year. From January to "
        "September exports were 91.5 billion dollars, up 6.1% year on year. In the third quarter of 2022 they had"
        " been 30.0 billion dollars."
    ),
    "rounded shares": (
        "Exports were 3.2 billion dollars. Of these, machinery accounted for 33%, textiles for 33%, food for 33% "
        "and others for 2% respectively."
    ),
    "shares round": (
        "Primary, secondary and tertiary industry made up 7.1%, 38.3% and 54.5% of GDP respectively in 2023."
    ),
    "shares partial": ("Russia, Japan and Korea accounted for 41.2%, 20.5% and 11.3% of exports respectively in 2023."),
    "rank in group": (
        "Trade with Japan was 300 billion yuan in 2022. Trade with Vietnam was 120 billion yuan in 2022, making "
        "it the largest trading partner in ASEAN."
    ),
    "rank former": (
        "Trade with Japan was 300 billion yuan in 2022. Trade with Korea, once the largest trading partner, was "
        "120 billion yuan in 2022."
    ),
    "rank of product": (
        "Exports to Japan were 300 million dollars in 2022. Exports to Russia were 200 million dollars in 2022; "
        "Russia is the largest buyer of timber."
    ),
    "overlap groups": (
        "Trade with ASEAN reached 6.41 trillion yuan in 2023. Trade with the countries along the Belt and Road "
        "reached 19.47 trillion yuan in 2023. Trade with the EU was 5.51 trillion yuan in 2023. Total trade was "
        "41.76 trillion yuan in 2023."
    ),
    "services": (
        "Exports of goods and services were 3.1 trillion dollars in 2022. Exports of goods were 2.1 trillion "
        "dollars in 2022, exports of services 0.93 trillion dollars in 2022."
    ),
    "fiscal year": (
        "Exports reached 447.5 billion dollars in fiscal 2022-23, up 6.0% from 422.0 billion dollars in fiscal "
        "2021-22. In calendar 2022 they were 453.3 billion dollars."
    ),
    "goods vs all": (
        "The trade deficit was 64.3 billion dollars in October 2023. Exports were 258.8 billion dollars and "
        "imports 323.0 billion dollars. The goods deficit was 89.6 billion dollars."
    ),
    "cif fob": (
        "China said its exports to Russia were 111.0 billion dollars in 2023. Russia reported imports from China "
        "of 114.2 billion dollars in 2023."
    ),
    "average growth": (
        "Trade grew 8.6% a year on average from 2017 to 2022. In 2017 it was 27.8 trillion yuan, and in 2022 it "
        "was 42.1 trillion yuan."
    ),
    "two-year average": (
        "Exports rose 20.6% in the first half of 2021 to 1.52 trillion yuan, with an average two-year growth of "
        "9.8%. In the first half of 2020 exports were 1.26 trillion yuan."
    ),
    "contribution": "Exports contributed 1.2 percentage points to the growth of 5.2%, up from 0.4 points in 2022.",
    "share of growth": (
        "Exports rose by 10.0 billion dollars to 110.0 billion dollars in 2023. Machinery exports of 33.0 billion"
        " dollars accounted for 60% of the increase."
    ),
    "points above average": (
        "Industrial output grew 6.9% in 2023, 2.3 percentage points above the national average of 4.6%."
    ),
    "volume vs value": (
        "Exports of soybeans were 62.6 million tons in 2022, down 6.5%. In value they rose 14.4% to 61.2 billion "
        "dollars. In 2021 exports of soybeans were 53.5 billion dollars."
    ),
    "excluding": (
        "Exports excluding oil were 80.1 billion dollars in 2023, up 2.0%. Total exports were 120.0 billion "
        "dollars in 2023, down 4.0% from 125.0 billion dollars."
    ),
    "more than": (
        "Imports rose by more than 10% to over 50 billion dollars in 2023, from about 44 billion dollars in 2022."
    ),
    "times": (
        "Exports were 2.5 times higher than in 2021, at 3.5 billion dollars in 2022. In 2021 they were 1.0 "
        "billion dollars."
    ),
    "month vs year ago": (
        "Inflation was 3.2% in October 2023, down from 3.7% in September and 7.7% a year earlier; prices were "
        "unchanged from September."
    ),
    "core inflation": (
        "Consumer prices rose 3.2% in October 2023 from a year earlier. Excluding food and energy, prices rose 4.0%."
    ),
    "forecast": (
        "Exports were 120 billion dollars in 2023, up 4.3% from 115 billion dollars in 2022. The ministry had "
        "expected 135 billion dollars, or growth of 17%."
    ),
    "cumulative vs month balance": (
        "The trade surplus was 5.1 billion dollars in June 2023. Exports in the first half were 60.2 billion "
        "dollars and imports 41.0 billion dollars."
    ),
    "together partial": (
        "In 2023 exports to Germany were 12.5 billion dollars and to France 7.5 billion dollars; together with "
        "other EU countries 31.0 billion dollars."
    ),
    "net of": (
        "Revenue rose 12% to 5.6 billion dollars in 2023, or 8% in constant currency. Revenue in 2022 was 5.0 "
        "billion dollars."
    ),
    "comparable": (
        "Sales grew 5% on a like-for-like basis to 10.9 billion euros in 2023. In 2022 sales were 10.0 billion euros."
    ),
    "province vs customs": (
        "Goods worth 35.2 billion yuan passed the port of Manzhouli in 2022. Foreign trade of Manzhouli was 12.1 "
        "billion yuan in 2022."
    ),
    "exports via": (
        "Trade between Shandong and Russia was 150 billion yuan in 2022. Trade between Yantai and Russia was 20 "
        "billion yuan in 2022. Imports and exports of Shandong were 3.33 trillion yuan in 2022."
    ),
    "leap": (
        "Average daily exports were 3.2 billion dollars in May 2023, up 5.6%. Exports were 65.1 billion dollars "
        "in May, down 1.2% from 65.9 billion dollars a year earlier as there were fewer working days."
    ),
    "point diff other series": (
        "The share of private firms rose 2.1 points to 53.1%, higher than the 16.2% of state firms."
    ),
    "exchange": "The deal is worth 2.0 billion yuan ($290 million) in 2022.",
    "half-year sum": (
        "Exports were 10.2 billion dollars in the first quarter of 2023 and 11.1 billion dollars in the second. "
        "In the first half, revised for late reports, they were 21.9 billion dollars."
    ),
    "thousand": (
        "Exports totalled 1.2 thousand billion dollars in 2022 and imports 0.9 thousand billion dollars, giving "
        "trade of 2.1 trillion dollars."
    ),
    "re-exports": (
        "Total exports were 35.0 billion dollars in 2023, of which re-exports 20.2 billion dollars and domestic "
        "exports 14.8 billion dollars. Re-exports made up 58%."
    ),
    "share shift": (
        "The share of exports to China in total exports fell to 19.7% in 2023 from 22.8% in 2022, while that of "
        "the US rose from 16.1% to 18.3%."
    ),
    "nation in city": (
        "Yiwu's total imports and exports were 165.42 billion yuan in 2022, with exports of 147.64 billion yuan "
        "and imports of 17.78 billion yuan. Nationwide, imports and exports to Africa totaled 1.88 trillion yuan,"
        " up 14.5%."
    ),
    "nation in city 2": (
        "In the first half of 2023 Suifenhe's foreign trade was 9.1 billion yuan: exports 2.4 billion yuan, "
        "imports 6.7 billion yuan. Trade between China and Russia was 114.5 billion dollars in the same period. "
        "Trade with Russia accounted for 80.1%."
    ),
    "province in city": (
        "Harbin's imports and exports reached 18.2 billion yuan from January to June 2023, of which exports 8.1 "
        "billion yuan and imports 10.1 billion yuan. In the same period imports and exports of the province with "
        "Russia were 99.9 billion yuan."
    ),
    "port vs city": (
        "Exports of Qingdao were 240.1 billion yuan in 2022 and imports 180.2 billion yuan, 420.3 billion yuan in"
        " all. The port of Qingdao handled exports to the United States of 510.3 billion yuan."
    ),
    "year vs month parts": (
        "In December 2023 exports were 21.2 billion dollars and imports 19.1 billion dollars, a surplus of 2.1 "
        "billion dollars. Exports to China came to 250.1 billion dollars for the year."
    ),
    "ytd then month": (
        "Trade reached 10.2 billion dollars in March 2023, exports being 6.1 billion dollars and imports 4.1 "
        "billion dollars. Since January exports to Germany have reached 12.3 billion dollars."
    ),
    "mixed units": (
        "Exports were 4.5 billion dollars and imports 3.2 billion dollars in 2023, in total 7.7 billion dollars. "
        "Exports of timber were 6.1 billion roubles."
    ),
    "growth slowed": (
        "Export growth slowed to 3.2% in May from 8.5% in April 2023. Exports were 283.5 billion dollars in May "
        "and 295.4 billion dollars in April."
    ),
    "share of different whole": (
        "Exports were 100.2 billion dollars in 2023. Machinery exports of 30.1 billion dollars accounted for "
        "45.2% of manufactured exports."
    ),
    "sum w/ other": (
        "Exports of coal were 10.1 million tons, of coke 2.2 million tons in 2023. Exports of coal and coke to "
        "Japan amounted to 8.8 million tons."
    ),
    "respectively periods": (
        "Exports were 10.2 billion, 11.3 billion and 12.4 billion dollars in 2020, 2021 and 2022 respectively, "
        "growing 10.8% and 9.7% in the last two years."
    ),
    "times base included": "Exports tripled to 3.1 billion dollars in 2023 from 1.0 billion dollars in 2022.",
    "grew by x times": "Exports grew 1.5 times to 2.5 billion dollars in 2023 from 1.0 billion dollars in 2022.",
    "percent of last year": (
        "Exports reached 93% of last year's level, at 9.3 billion dollars in 2023. In 2022 they were 10.0 billion"
        " dollars."
    ),
    "decline from peak": (
        "Exports were 80.1 billion dollars in 2023, down 20% from the peak of 100.2 billion dollars in 2021. In "
        "2022 exports were 90.0 billion dollars."
    ),
    "quarter on quarter": (
        "Exports rose 2.0% from the previous quarter to 51.0 billion dollars in the second quarter of 2023. In "
        "the second quarter of 2022 exports were 55.0 billion dollars."
    ),
    "mom and yoy": (
        "Imports were 20.0 billion dollars in May 2023, up 5.3% from April and down 2.4% from a year earlier. "
        "They were 19.0 billion dollars in April 2023 and 20.5 billion dollars in May 2022."
    ),
    "annualised quarter": (
        "The economy expanded 0.2% in the final quarter of 2004. Growth over the year was 1.6%. In the third "
        "quarter it had grown 0.3%."
    ),
    "two countries": (
        "Germany exported goods worth 1.56 trillion euros in 2023, down 1.4%. France exported goods worth 607 "
        "billion euros. Germany's exports were 1.58 trillion euros in 2022."
    ),
    "incl. and excl. oil": (
        "Exports were 95.0 billion dollars in 2023. Oil exports were 30.0 billion dollars. Without oil, exports "
        "rose 8.3% to 65.0 billion dollars from 60.0 billion dollars."
    ),
    "budget": (
        "Revenue was 3.2 trillion yuan and expenditure 3.5 trillion yuan in 2023, a deficit of 0.28 trillion yuan."
    ),
    "balance with partner": (
        "The United States had a deficit of 279.4 billion dollars with China in 2023. Exports to China were 147.8"
        " billion dollars and imports from China 427.2 billion dollars. The total deficit was 773.4 billion "
        "dollars."
    ),
    "first x then y": (
        "Imports of crude oil rose 11.0% to 563.99 million tons in 2023; their value fell 7.7% to 2.38 trillion "
        "yuan. Imports of gas were 119.97 million tons, up 9.9%."
    ),
    "cumulated growth": (
        "From 2018 to 2023 exports rose 45.2% to 14.52 billion dollars. In 2022 exports were 13.9 billion dollars."
    ),
    "estimate then actual": (
        "Preliminary figures had put exports in May at 10.1 billion dollars, a rise of 3.1%. According to final "
        "figures they were 10.4 billion dollars, a rise of 6.1%."
    ),
    "monthly average": (
        "Exports averaged 3.1 billion dollars a month in 2023. Exports totalled 37.2 billion dollars in 2023, and"
        " 4.0 billion dollars in December."
    ),
    "rounded total": (
        "Trade was about 8 billion dollars in 2023, with exports of 4.67 billion dollars and imports of 3.06 "
        "billion dollars."
    ),
    "ranking list": (
        "The largest trading partners in 2023 were China with 282.8 billion dollars, the United States with 190.2"
        " billion dollars and Japan with 76.7 billion dollars. Vietnam, the third-largest partner until 2022, "
        "came to 79.4 billion dollars."
    ),
    "largest partner by other measure": (
        "Trade with the United States was 190.2 billion dollars in 2023. ASEAN remained the largest trading "
        "partner, with trade of 120.2 billion dollars in the first half."
    ),
    "unit change": (
        "Grain imports were 161.96 million tons in 2023, up 11.7%, and worth 580.3 billion yuan. In 2022 they "
        "were 146.87 million tons."
    ),
    "pts over several": "The share rose by 1.5 points to 20.1% in 2023, after 18.6% in 2022 and 17.0% in 2021.",
    "unemp": "Unemployment rose 0.1 point to 4.4% in May from 4.2% in April on unrounded figures.",
    "deficit widened by a rounding": (
        "The trade deficit widened to 12.3 billion dollars in 2023 from 10.1 billion dollars. Exports fell 3.2% "
        "to 45.6 billion dollars while imports rose 0.9% to 57.9 billion dollars."
    ),
}


@pytest.mark.parametrize("name", CLEAN)
def test_right_figures_give_no_error(name: str) -> None:
    findings = process_text(CLEAN[name], published="2024-02-01").reconciliation.findings
    assert [f.equation for f in findings if f.severity == "error"] == []
