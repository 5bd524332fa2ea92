//! `xinyan import`: takes over what the salon had before. All of it or nothing; what is here already stays as it is.

mod again;
mod card;
mod plan;

use crate::{clock::Clock, place::DataPlace, say, staff::manager_of, trouble::Trouble, workbook};
use domain::{Moment, Salon, StaffId};
use plan::Plan;
use std::io::{IsTerminal, Write};
use std::path::Path;
use store::{Extent, Store};
use sync::Outcome;
use workbook::{Options, Override, Reading};

/// How many problems the report shows in full; `--json` has them all.
const LINES: usize = 40;

#[derive(Clone, Debug, clap::Args)]
pub struct HowToImport {
    /// 只看会发生什么，不写入。Tells what would happen, writes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// 结果给程序读。The report as JSON.
    #[arg(long)]
    pub json: bool,
    /// 指定某一列是什么，例如 “电话2=手机”；“备注2=-” 不导入这一列。Says what a column is; may be given several times.
    #[arg(long = "column", value_name = "COLUMN=FIELD")]
    pub columns: Vec<String>,
}

pub async fn customers(file: &Path, how: &HowToImport, place: &DataPlace) -> Result<(), Trouble> {
    let now = Clock::default().now();
    let salon = founded(place, how.dry_run).await?;
    let offset = salon.as_ref().map(|(_, salon)| salon.settings.offset).unwrap_or_default();
    let overrides = how.columns.iter().map(|column| Override::parse(column)).collect::<Result<_, _>>()?;
    let reading = workbook::read_file(file, &Options { today: offset.day(now), overrides })?;
    let plan = match salon {
        Some((store, salon)) => {
            let plan = take_over(&reading, how, &salon, &store, now).await;
            store.close().await;
            Some(plan?)
        }
        None => None,
    };
    report(&reading, how, plan.as_ref());
    Ok(())
}

/// A dry run needs no salon.
async fn founded(place: &DataPlace, is_dry: bool) -> Result<Option<(Store, Salon)>, Trouble> {
    let store = match place.open_founded().await {
        Ok((store, _)) => store,
        Err(Trouble::NotFounded) if is_dry => return Ok(None),
        Err(trouble) => return Err(trouble),
    };
    match store.salon().await? {
        Some((salon, _)) => Ok(Some((store, salon))),
        None if is_dry => Ok(None),
        None => Err(Trouble::NotFounded),
    }
}

async fn take_over(reading: &Reading, how: &HowToImport, salon: &Salon, store: &Store, now: Moment) -> Result<Plan, Trouble> {
    let plan = Plan::make(store, &reading.people, salon.branch).await?;
    if !how.dry_run {
        let author = manager_of(salon).ok_or(Trouble::NoManager)?;
        carry_out(&plan, author, store, now).await?;
    }
    Ok(plan)
}

async fn carry_out(plan: &Plan, author: StaffId, store: &Store, now: Moment) -> Result<(), Trouble> {
    let (actions, all) = (plan.actions.clone(), plan.actions.len());
    let performed = store.perform_here(author, actions, Extent::AllOrNothing, now, |done| show_progress(done, all));
    let outcomes = tokio::select! {
        outcomes = performed => outcomes?,
        _ = tokio::signal::ctrl_c() => return Err(Trouble::Stopped),
    };
    match outcomes.iter().filter(|outcome| !matches!(outcome, Outcome::Applied { .. })).count() {
        0 => Ok(()),
        lost => Err(Trouble::NotImported(lost)),
    }
}

/// On standard error and only for a person who watches.
fn show_progress(done: usize, all: usize) {
    let mut screen = std::io::stderr();
    if screen.is_terminal() && (done.is_multiple_of(50) || done == all) {
        let filled = (done * 30).checked_div(all).unwrap_or(30);
        let bar: String = (0..30).map(|i| if i < filled { '█' } else { '░' }).collect();
        let end = if done == all { "\n" } else { "" };
        // A screen that can't be written to is no reason to stop.
        let _ = write!(screen, "\r{bar} {done}/{all}{end}");
    }
}

fn report(reading: &Reading, how: &HowToImport, plan: Option<&Plan>) {
    if how.json {
        let mut json = reading.to_json();
        if let Some(plan) = plan {
            json["added"] = plan.added.into();
            json["known_already"] = plan.known.into();
            json["allergies_added"] = plan.allergies.into();
            json["differing"] = plan.differing.clone().into();
            json["erased"] = plan.erased.clone().into();
            json["perhaps_known"] = plan.perhaps_known.clone().into();
        }
        return say::line(json);
    }
    say::line(reading.to_text(LINES));
    if let Some(plan) = plan {
        tell(plan);
    }
    if how.dry_run {
        say::line("试运行：什么都没有写入。Dry run: nothing was written.");
    }
}

fn tell(plan: &Plan) {
    let Plan { added, known, allergies, differing, erased, perhaps_known, .. } = plan;
    say::line(format_args!("导入 {added} 位，{known} 位已有档案。Added: {added}; here already: {known}."));
    if *allergies > 0 {
        say::line(format_args!("已有档案的顾客补记过敏 {allergies} 项。Allergies added to those: {allergies}."));
    }
    let lists = [
        (differing, "位和表里写的不一样，档案没有改。Told of otherwise in the sheet, left as they are."),
        (erased, "位的档案已经删除，没有再导入。Erased since, and not imported again."),
        (
            perhaps_known,
            "位新建了档案，但店里有很像的：可能是同一人，请核对。Added, though somebody much like her has a file: look whether it is she.",
        ),
    ];
    for (list, what) in lists.into_iter().filter(|(list, _)| !list.is_empty()) {
        say::line(format_args!("{} {what}", list.len()));
        list.iter().take(LINES).for_each(say::line);
        if list.len() > LINES {
            say::line(format_args!("  ……还有 {} 位", list.len() - LINES));
        }
    }
}
