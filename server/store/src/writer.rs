//! The one writer of this process. Whatever waits is written in one transaction, each job behind a savepoint of its own,
//! and nobody is answered before the commit.

use crate::{Store, StoreError, failpoint::FailPoint, open::Inner, timeline};
use domain::Version;
use sqlx::{AnyConnection, Connection};
use std::{
    collections::VecDeque,
    future::Future,
    pin::Pin,
    sync::Weak,
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, mpsc, oneshot};

const WAITING: usize = 1_024;
const MOST_IN_A_GROUP: usize = 64;
const LONGEST_GROUP: Duration = Duration::from_millis(100);

pub(crate) type Task<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    done: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

trait Job: Send {
    fn run<'c>(self: Box<Self>, tx: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = Answer> + Send + 'c>>;
    fn fail(self: Box<Self>, error: StoreError);
}

/// What a job came to; told when it is known whether that was kept.
struct Answer {
    error: Option<StoreError>,
    tell: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

struct Work<T, F> {
    work: F,
    told: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Work<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut AnyConnection) -> Task<'c, T> + Send + 'static,
{
    fn run<'c>(self: Box<Self>, tx: &'c mut AnyConnection) -> Pin<Box<dyn Future<Output = Answer> + Send + 'c>> {
        let Self { work, told } = *self;
        Box::pin(async move {
            let result = work(tx).await;
            let error = result.as_ref().err().cloned();
            // Whoever asked may have gone away meanwhile.
            let tell = move |kept: Result<(), StoreError>| drop(told.send(kept.and(result)));
            Answer { error, tell: Box::new(tell) }
        })
    }

    fn fail(self: Box<Self>, error: StoreError) {
        drop(self.told.send(Err(error)));
    }
}

impl Store {
    /// All of `work` is kept, or nothing of it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut AnyConnection) -> Task<'c, T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (told, answer) = oneshot::channel();
        let jobs = self.inner.writer.jobs.lock().await.clone().ok_or(StoreError::Interrupted)?;
        jobs.send(Box::new(Work { work, told })).await.map_err(|_| StoreError::Interrupted)?;
        answer.await.map_err(|_| StoreError::Interrupted)?
    }
}

impl Writer {
    pub(crate) fn start(inner: Weak<Inner>, first: AnyConnection) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let done = tokio::spawn(Desk { inner, connection: Some(first), timeline: None }.work_off(waiting));
        Self { jobs: Mutex::new(Some(jobs)), done: Mutex::new(Some(done)) }
    }

    pub(crate) async fn close(&self) {
        drop(self.jobs.lock().await.take());
        if let Some(done) = self.done.lock().await.take() {
            // It ends when everything is written; had it panicked, there is nothing left to wait for.
            let _ = done.await;
        }
    }
}

struct Desk {
    inner: Weak<Inner>,
    /// Taken away whenever its state is not known for certain: a new one sees what was really kept.
    connection: Option<AnyConnection>,
    /// The history that this branch's rows were last seen to belong to.
    timeline: Option<String>,
}

impl Desk {
    async fn work_off(mut self, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
        let mut jobs = VecDeque::new();
        while let Some(first) = waiting.recv().await {
            jobs.push_back(first);
            while !jobs.is_empty() {
                while jobs.len() < MOST_IN_A_GROUP
                    && let Ok(job) = waiting.try_recv()
                {
                    jobs.push_back(job);
                }
                match self.inner.upgrade() {
                    Some(inner) => self.write_group(&inner, &mut jobs).await,
                    None => jobs.drain(..).for_each(|job| job.fail(StoreError::Interrupted)),
                }
            }
        }
        if let Some(connection) = self.connection.take() {
            // The last one out of a SQLite database tidies its log; the data is safe either way.
            let _ = connection.close().await;
        }
    }

    async fn write_group(&mut self, inner: &Inner, jobs: &mut VecDeque<Box<dyn Job>>) {
        let mut connection = match self.ready(inner).await {
            Ok(connection) => connection,
            Err(error) => return jobs.drain(..).for_each(|job| job.fail(error.clone())),
        };
        let mut answers = Vec::with_capacity(jobs.len());
        let kept = write_all(inner, &mut connection, jobs, &mut answers).await;
        match &kept {
            Ok(_) => self.connection = Some(connection),
            // A transaction that did not end as told is ended by its connection.
            Err(_) => drop(connection.close_hard().await),
        }
        let outcome = match kept {
            Ok(head) => {
                if let Some(head) = head {
                    inner.tell_head(head);
                }
                inner.fail.hit(FailPoint::AfterCommit)
            }
            Err(error) => Err(error),
        };
        if let (true, Err(error)) = (answers.is_empty(), &outcome) {
            // It could not even begin: whoever waits would wait as long again.
            jobs.drain(..).for_each(|job| job.fail(error.clone()));
        }
        for answer in answers {
            (answer.tell)(outcome.clone());
        }
    }

    /// A connection that answers; one that does not is replaced once.
    async fn ready(&mut self, inner: &Inner) -> Result<AnyConnection, StoreError> {
        let known = match self.connection.take() {
            Some(mut known) => timeline::of(inner, &mut known).await.ok().map(|timeline| (known, timeline)),
            None => None,
        };
        let (mut connection, timeline) = match known {
            Some(known) => known,
            None => {
                let mut fresh = inner.engine.connect_writer().await?;
                let timeline = timeline::of(inner, &mut fresh).await?;
                // Another PostgreSQL may have answered.
                self.timeline = None;
                (fresh, timeline)
            }
        };
        if self.timeline.as_ref() != Some(&timeline) {
            timeline::follow(inner, &mut connection, &timeline).await?;
            self.timeline = inner.branch_if_known().map(|_| timeline);
        }
        Ok(connection)
    }
}

async fn write_all(
    inner: &Inner,
    connection: &mut AnyConnection,
    jobs: &mut VecDeque<Box<dyn Job>>,
    answers: &mut Vec<Answer>,
) -> Result<Option<Version>, StoreError> {
    let mut all = connection.begin_with(inner.engine.begin_writing()).await?;
    let began = Instant::now();
    // Who comes first is not kept waiting for everybody after her.
    while answers.is_empty() || began.elapsed() < LONGEST_GROUP {
        let Some(job) = jobs.pop_front() else { break };
        let mut own = all.begin().await?;
        let answer = job.run(&mut own).await;
        let error = answer.error.clone();
        answers.push(answer);
        match error {
            None => own.commit().await?,
            // Where even that fails, SQLite has rolled back everything, and everybody is told why.
            Some(error) => own.rollback().await.map_err(|_| error)?,
        }
    }
    let head = match inner.branch_if_known() {
        Some(branch) => Some(crate::head::version(&mut all, branch).await?),
        None => None,
    };
    inner.fail.hit(FailPoint::BeforeCommit)?;
    all.commit().await?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NewPerson, NewSalon, Place};
    use domain::{Moment, Name, Settings, StaffId};
    use uuid::Uuid;

    fn person() -> NewPerson {
        let (id, name) = (StaffId::new(Uuid::now_v7()), Name::new("林店长").unwrap());
        NewPerson { id, name, roles: [domain::Role::Owner].into(), password_hash: Some("x".repeat(2_000)) }
    }

    async fn number(store: &Store, text: &'static str) -> i64 {
        store
            .write(move |tx| {
                Box::pin(async move {
                    let (number,): (i64,) = sqlx::query_as(text).fetch_one(tx).await?;
                    Ok(number)
                })
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn f6_a_full_disk_refuses_writing_goes_on_reading_and_heals_by_itself() {
        let folder = std::env::temp_dir().join(format!("xinyan-writer-{}", Uuid::now_v7()));
        std::fs::create_dir(&folder).unwrap();
        let store = Store::open(&Place::Sqlite(folder.join("salon.db"))).await.unwrap();
        let settings = Settings {
            offset: Default::default(),
            confirm_hours_before: 24,
            complaint_follow_up_days: 3,
            may_restart_offline: true,
        };
        let name = Name::new("心颜").unwrap();
        store.found(NewSalon { name, is_demo: false, settings, manager: person() }, Moment(1)).await.unwrap();
        assert_eq!(number(&store, "pragma synchronous").await, 2);
        assert_eq!(number(&store, "pragma foreign_keys").await, 1);
        assert_eq!(number(&store, "select count(*) from pragma_journal_mode where journal_mode = 'wal'").await, 1);

        let full = number(&store, "pragma max_page_count = 1").await;
        assert!(full > 1);
        let mut added = 0;
        let refused = loop {
            match store.add_person(person(), Moment(2)).await {
                Ok(()) => added += 1,
                Err(error) => break error,
            }
        };

        assert_eq!(refused, StoreError::Full);
        assert_eq!(store.salon().await.unwrap().unwrap().0.staff.len(), 1 + added);
        // The connection was replaced, and the disk has room again.
        store.add_person(person(), Moment(3)).await.unwrap();
        assert_eq!(store.verify().await, Ok(Vec::new()));
        store.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
