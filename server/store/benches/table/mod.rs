//! What was measured beside what was wanted, as one table. Nothing is asserted: a slow machine is no mistake.

use std::{env, fmt::Write, fs, time::Duration};

#[derive(Default)]
pub struct Table(Vec<[String; 3]>);

impl Table {
    pub fn add(&mut self, what: impl Into<String>, measured: impl Into<String>, target: &str) {
        self.0.push([what.into(), measured.into(), target.to_owned()]);
    }

    /// The middle one, and the one that only one in a hundred exceeds.
    pub fn add_times(&mut self, what: impl Into<String>, mut times: Vec<Duration>, target: &str) {
        times.sort();
        let (p50, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        self.add(what, format!("p50 {}, p99 {} (of {})", short(p50), short(p99), times.len()), target);
    }

    /// With what an earlier bench of the same run found, where `XINYAN_BENCH_LINES` names a file to pass it on in.
    pub fn show(self) {
        let mut lines: Vec<[String; 3]> = Vec::new();
        let passed_on = env::var("XINYAN_BENCH_LINES").ok();
        let earlier = passed_on.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        for line in earlier.lines() {
            let mut cells = line.split('\t').map(str::to_owned);
            lines.push(std::array::from_fn(|_| cells.next().unwrap_or_default()));
        }
        lines.extend(self.0);
        if let Some(file) = passed_on {
            let text: Vec<String> = lines.iter().map(|line| line.join("\t")).collect();
            fs::write(file, text.join("\n")).unwrap();
        }
        println!("\n{}\n{}", machine(), aligned(&lines));
    }
}

fn aligned(lines: &[[String; 3]]) -> String {
    let head = ["what", "measured", "target"].map(str::to_owned);
    let width = |column: usize| lines.iter().chain([&head]).map(|line| line[column].chars().count()).max().unwrap_or_default();
    let (what, measured) = (width(0), width(1));
    [&head].into_iter().chain(lines).fold(String::new(), |mut table, [a, b, c]| {
        let _ = writeln!(table, "{a:what$}  {b:measured$}  {c}");
        table
    })
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split_whitespace().take(3).collect();
    format!("{cores} cores, load {}", if load.is_empty() { "unknown".to_owned() } else { load.join(" ") })
}

pub fn short(time: Duration) -> String {
    match time.as_micros() {
        0..10_000 => format!("{:.2} ms", time.as_secs_f64() * 1_000.0),
        10_000..2_000_000 => format!("{:.0} ms", time.as_secs_f64() * 1_000.0),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}
