//! One line of what the instruments showed, over time: points that may be compared are joined.

use crate::i18n::td_string;
use crate::ui::{short_day, use_i18n};
use chrono::NaiveDate;
use domain::{Tenths, tenths_words};
use leptos::prelude::*;

/// A measurement on the chart; `series` tells which of them may be joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub on: NaiveDate,
    pub at: i64,
    pub value: Tenths,
    pub series: usize,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
const EDGE: f64 = 28.0;

#[component]
pub fn Chart(points: Vec<Point>, name: String, today: NaiveDate, recovered: Option<(Tenths, Tenths)>) -> impl IntoView {
    let i18n = use_i18n();
    let (Some(first), Some(last)) = (points.first().cloned(), points.last().cloned()) else { return ().into_any() };
    let ends = recovered.map_or_else(Vec::new, |(from, to)| vec![from, to]);
    let values = || points.iter().map(|point| point.value).chain(ends.iter().copied());
    let (least, most) = (values().min().unwrap_or(0), values().max().unwrap_or(1));
    let part = |value: i64, from: i64, to: i64| if to > from { (value - from) as f64 / (to - from) as f64 } else { 0.5 };
    let x = move |at: i64| EDGE + part(at, first.at, last.at) * (WIDTH - 2.0 * EDGE);
    let y = move |value: Tenths| HEIGHT - EDGE - part(value.into(), least.into(), most.into()) * (HEIGHT - 2.0 * EDGE);
    let series = points.iter().map(|point| point.series).max().unwrap_or(0);
    let lines = (0..=series).map(|series| {
        let at =
            points.iter().filter(|point| point.series == series).map(|point| format!("{:.1},{:.1}", x(point.at), y(point.value)));
        at.collect::<Vec<_>>().join(" ")
    });
    let lines = lines.map(|points| view! { <polyline class="chart__line" points=points/> }).collect_view();
    let dots = points.iter().map(|point| {
        let (x, y) = (format!("{:.1}", x(point.at)), format!("{:.1}", y(point.value)));
        view! { <circle class="chart__dot" cx=x cy=y r="4"/> }
    });
    let dots = dots.collect_view();
    let band = recovered.map(|(from, to)| {
        view! { <rect class="chart__band" x=EDGE.to_string() width=(WIDTH - 2.0 * EDGE).to_string() y=format!("{:.1}", y(to)) height=format!("{:.1}", y(from) - y(to))/> }
    });
    let label = td_string!(
        i18n,
        measure.chart,
        name = name.as_str(),
        count = points.len(),
        from = tenths_words(first.value),
        to = tenths_words(last.value)
    );
    let (from_day, to_day) = (short_day(i18n, first.on, today), short_day(i18n, last.on, today));

    view! {
        <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
            {band}
            <line class="chart__axis" x1=EDGE.to_string() x2=(WIDTH - EDGE).to_string() y1=(HEIGHT - EDGE).to_string() y2=(HEIGHT - EDGE).to_string()/>
            {lines} {dots}
            <text class="chart__word" x=EDGE.to_string() y=(EDGE - 10.0).to_string()>{tenths_words(most)}</text>
            <text class="chart__word" x=EDGE.to_string() y=(HEIGHT - 8.0).to_string()>{from_day}</text>
            <text class="chart__word is-end" x=(WIDTH - EDGE).to_string() y=(HEIGHT - 8.0).to_string()>{to_day}</text>
        </svg>
    }
    .into_any()
}
