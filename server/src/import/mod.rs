//! `xinyan import`: takes over what the salon had before. All of it or nothing; what is here already stays as it is.

mod again;
mod card;

use crate::{clock::Clock, place::DataPlace, say, trouble::Trouble, workbook};
use domain::{BranchId, CustomerFile, CustomerId, Moment, Role, Salon, StaffId};
use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use store::{Extent, Store};
use sync::Outcome;
use workbook::{Options, Override, Person, Reading};

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
    let offset = salon.as_ref().map(|salon| salon.settings.offset).unwrap_or_default();
    let overrides = how.columns.iter().map(|column| Override::parse(column)).collect::<Result<_, _>>()?;
    let reading = workbook::read_file(file, &Options { today: offset.day(now), overrides })?;
    let taken_over = match how.dry_run {
        true => None,
        false => Some(take_over(&reading, salon.ok_or(Trouble::NotFounded)?, place, now).await?),
    };
    report(&reading, how, taken_over);
    Ok(())
}

/// A dry run needs no salon.
async fn founded(place: &DataPlace, is_dry: bool) -> Result<Option<Salon>, Trouble> {
    match place.open_founded().await {
        Ok((store, _)) => {
            let salon = store.salon().await?;
            store.close().await;
            Ok(salon.map(|(salon, _)| salon))
        }
        Err(Trouble::NotFounded) if is_dry => Ok(None),
        Err(trouble) => Err(trouble),
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TakenOver {
    added: usize,
    known: usize,
    /// Written in the sheet of somebody who was here already, and on no list of hers.
    allergies: usize,
    /// Who was here already and is told of otherwise in the sheet, with what differs.
    differing: Vec<String>,
}

async fn take_over(reading: &Reading, salon: Salon, place: &DataPlace, now: Moment) -> Result<TakenOver, Trouble> {
    let author = manager_of(&salon).ok_or(Trouble::NoManager)?;
    let (store, _) = place.open_founded().await?;
    let taken = tokio::select! {
        taken = add_unknown(&store, &reading.people, salon.branch, author, now) => taken,
        _ = tokio::signal::ctrl_c() => Err(Trouble::Stopped),
    };
    store.close().await;
    taken
}

async fn add_unknown(
    store: &Store,
    people: &[Person],
    branch: BranchId,
    author: StaffId,
    now: Moment,
) -> Result<TakenOver, Trouble> {
    let (mut actions, mut taken) = (Vec::new(), TakenOver::default());
    let mut found = BTreeSet::new();
    for person in people {
        let Some(file) = known(store, person, branch, &mut found).await? else {
            actions.push(card::add(person, branch));
            taken.added += 1;
            continue;
        };
        taken.known += 1;
        let new = again::new_allergies(person, &file);
        taken.allergies += new.len();
        actions.extend(new);
        taken.differing.extend(again::differing(person, &file));
    }
    let all = actions.len();
    let outcomes = store.perform_here(author, actions, Extent::AllOrNothing, now, |done| show_progress(done, all)).await?;
    match outcomes.iter().filter(|outcome| !matches!(outcome, Outcome::Applied { .. })).count() {
        0 => Ok(taken),
        lost => Err(Trouble::NotImported(lost)),
    }
}

/// Anything the sheet says of her that nobody shares may have given her file its id at an earlier import. What others in the sheet share
/// has named somebody when she was the only one; that is she where nothing in the file speaks against it, and nobody else was found in it.
async fn known(
    store: &Store,
    person: &Person,
    branch: BranchId,
    found: &mut BTreeSet<CustomerId>,
) -> Result<Option<CustomerFile>, Trouble> {
    let hers = std::iter::once(&person.key).chain(&person.keys).map(|key| (key, false));
    let shared = person.shared.iter().map(|key| (key, true));
    for (key, is_shared) in hers.chain(shared) {
        let Some(file) = store.customer(card::id_of(key, branch)).await? else { continue };
        if !is_shared || (again::agrees(person, &file) && !found.contains(&file.id)) {
            found.insert(file.id);
            return Ok(Some(file));
        }
    }
    Ok(None)
}

fn manager_of(salon: &Salon) -> Option<StaffId> {
    let rank =
        |role: Role| salon.staff.values().find(|person| person.is_active && person.roles.contains(&role)).map(|person| person.id);
    [Role::Owner, Role::StoreManager, Role::OperationsManager].into_iter().find_map(rank)
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

fn report(reading: &Reading, how: &HowToImport, taken_over: Option<TakenOver>) {
    if how.json {
        let mut json = reading.to_json();
        if let Some(taken) = taken_over {
            json["added"] = taken.added.into();
            json["known_already"] = taken.known.into();
            json["allergies_added"] = taken.allergies.into();
            json["differing"] = taken.differing.into();
        }
        return say::line(json);
    }
    say::line(reading.to_text(LINES));
    match taken_over {
        Some(TakenOver { added, known, allergies, differing }) => {
            say::line(format_args!("已导入 {added} 位，{known} 位已有档案。Added {added}; {known} were here already."));
            if allergies > 0 {
                say::line(format_args!("已有档案的顾客补记过敏 {allergies} 项。Allergies added to those: {allergies}."));
            }
            if !differing.is_empty() {
                let count = differing.len();
                say::line(format_args!(
                    "{count} 位和表里写的不一样，档案没有改。Told of otherwise in the sheet, left as they are: {count}."
                ));
                differing.iter().take(LINES).for_each(say::line);
            }
        }
        None => say::line("试运行：什么都没有写入。Dry run: nothing was written."),
    }
}
