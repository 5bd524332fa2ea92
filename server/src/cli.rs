//! The command line.

use crate::{
    backup::{self, BackupKey, BackupTo, Plan, RestoreFrom},
    demo,
    house::House,
    import::{self, HowToImport},
    place::DataPlace,
    say, serve,
    site::Site,
    staff,
    tls::{self, MakeCert, Tls},
    trouble::Trouble,
    verdicts, welcome,
};
use clap::{Parser, Subcommand};
use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

/// 心颜：美容院的顾客档案，有没有网络都能用。A beauty salon's customer file, with or without a network.
#[derive(Parser)]
#[command(name = "xinyan", version)]
struct Cli {
    /// 日志的格式；写多少由 RUST_LOG 定，例如 info。How the log is written; RUST_LOG says how much of it, for example info.
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value = "text")]
    log: LogForm,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum LogForm {
    Text,
    /// One object a line, for programs that collect logs.
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// 开店：让各台设备连上来。Serves the salon's devices.
    Serve(Serve),
    /// 导入原有的资料。Takes over what the salon had before.
    #[command(subcommand)]
    Import(Import),
    /// 店里的人。The people who work here.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// 核对数据，有任何不一致就以 1 结束。Checks the data; ends with 1 on any difference.
    Verify(DataPlace),
    /// 试安全规则：对写好的案例逐个判断。Tries the safety rules out on cases that are written down.
    Verdicts {
        #[arg(value_name = "CASES.json")]
        cases: PathBuf,
    },
    /// 备份到一个加密的文件，不用停。Backs up into one encrypted file, while the salon works on.
    Backup(BackupTo),
    /// 备份用的密钥。The key that backups are encrypted for.
    BackupKey(BackupKey),
    /// 从备份恢复到一个空的地方。Restores a backup where there is no salon yet.
    Restore(RestoreFrom),
    /// 店内网络用的 https 证书。A certificate for https on the shop's own network.
    Cert(MakeCert),
    /// 演示数据。The demo salon.
    #[command(subcommand)]
    Demo(Demo),
}

#[derive(clap::Args)]
struct Serve {
    /// 用虚构的顾客试用。Tries the program out with invented customers.
    #[arg(long)]
    demo: bool,
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// 用 https：平板要它才能保存和离线。先运行 xinyan cert。Speaks https, without which tablets keep nothing; run xinyan cert first.
    #[arg(long)]
    tls: bool,
    /// 前面有可信的反向代理。A proxy in front says truly whom it speaks for (X-Forwarded-For, X-Forwarded-Proto).
    #[arg(long)]
    trusted_proxy: bool,
    /// 备份放在这里，最好是另一块盘；默认是数据旁边的 backups。Where backups go: best another disk; otherwise beside the data.
    #[arg(long, value_name = "DIR")]
    backup_to: Option<PathBuf>,
    /// 那是另一块盘或另一台机器：平板不必再留着已备份的记录。It is another disk or machine: tablets need not keep what is in it.
    #[arg(long, requires = "backup_to")]
    backup_is_apart: bool,
    /// 每隔几小时备份一次。Hours between backups.
    #[arg(long, value_name = "HOURS", default_value = "24", value_parser = clap::value_parser!(u32).range(1..=168))]
    backup_hours: u32,
    /// 页面所在的文件夹。The directory of the built site.
    #[arg(long, value_name = "DIR", env = "XINYAN_SITE", default_value = "target/site", hide = cfg!(feature = "embed"))]
    site: PathBuf,
    #[command(flatten)]
    place: DataPlace,
}

#[derive(Subcommand)]
enum Import {
    /// 顾客档案，来自表格。Customer files from a workbook.
    Customers {
        file: PathBuf,
        #[command(flatten)]
        how: HowToImport,
        #[command(flatten)]
        place: DataPlace,
    },
}

#[derive(Subcommand)]
enum Demo {
    /// 删掉演示数据；真实的沙龙不会动。Removes the demo salon; a real one is left alone.
    Wipe(DataPlace),
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr(cli.log);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            say::trouble(error);
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            say::trouble(trouble);
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Trouble> {
    match command {
        Command::Serve(serve) => serve_salon(serve).await,
        Command::Import(Import::Customers { file, how, place }) => import::customers(&file, &how, &place).await,
        Command::Staff(command) => staff::run(command).await,
        Command::Verify(place) => verify(&place).await,
        Command::Verdicts { cases } => verdicts::print(&cases),
        Command::Backup(to) => backup::backup(&to).await,
        Command::BackupKey(how) => backup::make_key(&how),
        Command::Restore(from) => backup::restore_from(&from).await,
        Command::Cert(how) => tls::make(&how),
        Command::Demo(Demo::Wipe(place)) => demo::wipe(&place).await,
    }
}

async fn serve_salon(serve: Serve) -> Result<(), Trouble> {
    let tls = serve.tls.then(|| Tls::open(&serve.place.data)).transpose()?;
    let listener = serve::listen(serve.listen).await?;
    let address = listener.local_addr().unwrap_or(serve.listen);
    let _in_use = serve.place.take()?;
    let (store, keys) = serve.place.open().await?;
    let mut house = House::new(store, keys, site(&serve));
    house.has_trusted_proxy = serve.trusted_proxy;
    house.is_demo = serve.demo;
    house.has_backup_key = backup::has_key(&serve.place.data);

    say::line(format_args!("心颜 Xinyan {}", env!("CARGO_PKG_VERSION")));
    if serve.demo {
        welcome::people(&demo::ensure(&house, &serve.place.data).await?);
    }
    welcome::data(&serve.place, serve.demo);
    let set_up_word = house.store.salon().await?.is_none().then(|| house.set_up_word.give_out());
    welcome::address(address, tls.as_ref(), serve.trusted_proxy, set_up_word.as_deref());
    let house = Arc::new(house);
    let data = serve.place.data.clone();
    if house.has_backup_key {
        let to = serve.backup_to.unwrap_or_else(|| data.join("backups"));
        tokio::spawn(backup::keep_on(
            house.clone(),
            Plan { data, to, every_hours: serve.backup_hours, is_apart: serve.backup_is_apart },
        ));
    } else if !serve.demo {
        say::line("还没有备份：运行 xinyan backup-key，再重新启动。No backups yet: run xinyan backup-key, then start again.");
    }
    serve::run(house, listener, tls, serve::Limits::default()).await;
    Ok(())
}

#[cfg(feature = "embed")]
fn site(_: &Serve) -> Site {
    Site::embedded()
}

#[cfg(not(feature = "embed"))]
fn site(serve: &Serve) -> Site {
    Site::in_directory(serve.site.clone())
}

async fn verify(place: &DataPlace) -> Result<(), Trouble> {
    let (store, _) = place.open_founded().await?;
    let differences = store.verify().await;
    store.close().await;
    let differences = differences?;
    for difference in &differences {
        say::line(difference);
    }
    match differences.len() {
        0 => {
            say::line("一致。No differences.");
            Ok(())
        }
        count => Err(Trouble::Differences(count)),
    }
}

/// Kinds, counts and codes; never anything about people.
fn log_to_stderr(form: LogForm) {
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| format!("warn,{}", store::QUIET).into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match form {
        LogForm::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogForm::Json => log.json().flatten_event(true).init(),
    }
}
