//! `ratio [--json] [--rounds N] [--list] [PART…]`: our speed over that of the best peer, for each row whose name contains
//! one of the parts, or for all.
use bench::denied::Denied;
use bench::disturbance::Disturbance;
use bench::group::{Plan, all};
use bench::measure::{Outcome, measure};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(why) => {
            eprintln!("{why}\nusage: ratio [--json] [--rounds N] [--list] [PART…]");
            return ExitCode::FAILURE;
        }
    };
    let mut plans: Vec<Plan> = all().into_iter().filter(|plan| arguments.wants(&plan.name)).collect();
    if let Some(denied) = Denied::here() {
        denied.deny();
        plans = plans.into_iter().map(Denied::only_deniable).collect();
    }
    if plans.is_empty() {
        eprintln!("no row has such a name; --list shows all");
        return ExitCode::FAILURE;
    }
    if arguments.list {
        plans.iter().for_each(|plan| println!("{}", plan.name));
        return ExitCode::SUCCESS;
    }
    let mut disturbance = Disturbance::new();
    let (mut disturbed, mut wide) = (0.0, 0);
    for plan in &plans {
        let mut row = (plan.build)(plan.name.clone());
        let outcome = measure(&mut row, arguments.rounds, &mut disturbance);
        disturbed += outcome.disturbed;
        wide += usize::from(outcome.spread > WIDE);
        if arguments.json {
            println!("{}", json(&plan.name, &outcome));
        } else {
            println!("{}", shown(&plan.name, row.bytes, &outcome));
        }
    }
    let disturbed = disturbed / plans.len() as f64;
    eprintln!("load average {}; {} of {} rows spread by more than 15 % (*)", load(), wide, plans.len());
    if disturbed > 0.2 {
        eprintln!(
            "WARNING: the calibration loop was disturbed in {:.0} % of the rounds: trust ratios within a row only",
            100.0 * disturbed
        );
    }
    ExitCode::SUCCESS
}

struct Arguments {
    json: bool,
    list: bool,
    rounds: usize,
    parts: Vec<String>,
}
impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut own = Self { json: false, list: false, rounds: 41, parts: Vec::new() };
        while let Some(argument) = given.next() {
            match &argument[..] {
                "--json" => own.json = true,
                "--list" => own.list = true,
                "--rounds" => {
                    let number = given.next().and_then(|number| number.parse().ok());
                    own.rounds =
                        number.filter(|rounds| *rounds > 0).ok_or("--rounds wants a number above 0")?;
                }
                option if option.starts_with('-') => return Err(format!("there is no option {option}")),
                part => own.parts.push(part.to_owned()),
            }
        }
        Ok(own)
    }
    fn wants(&self, name: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|part| name.contains(&part[..]))
    }
}

fn shown(name: &str, bytes: usize, outcome: &Outcome) -> String {
    let times = outcome.times.iter().map(|(who, time)| format!("{who} {}", speed(*time, bytes)));
    let mark = if outcome.spread > WIDE { "*" } else { " " };
    let Outcome { ratio, spread, peer, .. } = outcome;
    let percent = 100.0 * spread;
    format!(
        "{name:44} {ratio:5.2} x {peer:10} ±{percent:3.0} %{mark} {}",
        times.collect::<Vec<_>>().join(", ")
    )
}
fn speed(nanoseconds: f64, bytes: usize) -> String {
    if bytes < 1000 {
        format!("{nanoseconds:.0} ns")
    } else {
        format!("{:.2} GB/s", bytes as f64 / nanoseconds)
    }
}
/// None of the strings holds anything that JSON would want escaped.
fn json(name: &str, outcome: &Outcome) -> String {
    let Outcome { ratio, spread, peer, .. } = outcome;
    format!(r#"{{"name":"{name}","ratio":{ratio:.4},"peer":"{peer}","spread":{spread:.4}}}"#)
}
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}

/// A row that spreads wider says little.
const WIDE: f64 = 0.15;
