//! How much the program itself takes while a large shop's devices are connected, each with its stream of hints.

use crate::{client::Tablet, found, table::Table, written};
use domain::{CustomerId, Moment, Name, NewCustomer};
use server::{house::House, site::Site};
use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use store::Extent;
use sync::{Pull, ServerKey};
use uuid::Uuid;

const DEVICES: usize = 200;
const CUSTOMERS: usize = 2_000;

pub async fn measure(folder: &Path, table: &mut Table) {
    let address = free_address();
    let mut tablets = furnish(folder, address).await;
    let mut program = Program::start(folder, address);
    table.add("memory of the program, nobody connected", program.resident(), "");
    let mut streams = Vec::with_capacity(DEVICES);
    for tablet in &mut tablets {
        let after = domain::Version(0);
        let pull = serde_json::json!({ "pull": Pull::of(tablet.epoch, after) });
        assert_eq!(tablet.call("sync/pull", &pull).await.0, 200);
        let mut hints = tablet.listen().await;
        hints.next().await;
        streams.push(hints);
    }
    table.add(format!("memory of the program, {DEVICES} devices connected"), program.resident(), "<= 80 MB");
    program.0.kill().unwrap();
    program.0.wait().unwrap();
}

/// A salon with files, and devices that are signed in.
async fn furnish(folder: &Path, address: SocketAddr) -> Vec<Tablet> {
    let (store, manager) = found(folder).await;
    let customers: Vec<CustomerId> = (0..CUSTOMERS).map(|_| CustomerId::new(Uuid::now_v7())).collect();
    let card = || Box::new(NewCustomer::named(Name::new("林晓雨").unwrap()));
    let added = customers.iter().map(|customer| domain::Action::AddCustomer { customer: *customer, card: card() });
    let notes = customers.iter().enumerate().map(|(n, customer)| written(*customer, n));
    let actions = added.chain(notes).collect();
    store.perform_here(manager, actions, Extent::Batches, Moment(1), |_| {}).await.unwrap();
    let house = House::new(store, ServerKey::new([7; 32]), Site::in_directory(folder.join("site")));
    let mut tablets = Vec::with_capacity(DEVICES);
    for number in 0..DEVICES {
        tablets.push(Tablet::new(&house, address, manager, number).await);
    }
    house.store.close().await;
    tablets
}

struct Program(Child);

impl Program {
    fn start(folder: &Path, address: SocketAddr) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_xinyan"));
        program.arg("serve").arg("--data").arg(folder).arg("--listen").arg(address.to_string());
        let program = Self(program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        while TcpStream::connect(address).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
        program
    }

    /// Linux tells; elsewhere it is not known.
    fn resident(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kilobytes.map_or_else(|| "not known".to_owned(), |kilobytes| format!("{:.1} MB", kilobytes / 1_000.0))
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
