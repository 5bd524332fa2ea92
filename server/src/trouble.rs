//! Why a command could not be carried out, in words for whoever typed it.

use std::{io, path::PathBuf};
use store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("读写不了 {path}（{error}）。Can't read or write it.", path = .0.display(), error = .1)]
    File(PathBuf, io::Error),
    #[error("密钥文件 {path} 已损坏：从备份里恢复它。The key file is damaged: restore it from a backup.", path = .0.display())]
    DamagedKey(PathBuf),
    #[error("密钥文件 {path} 别人也能读：运行 chmod 600 {path}。Others may read the key file: run chmod 600.", path = .0.display())]
    OpenKey(PathBuf),
    #[error("数据库：{0}。The database answered so.")]
    Store(#[from] StoreError),
    #[error("地址 {0} 用不了 ({1})。Can't listen there.")]
    Listen(std::net::SocketAddr, io::Error),
    #[error("还没有沙龙：先运行 xinyan serve。There is no salon yet: run xinyan serve first.")]
    NotFounded,
    #[error("{path} 正在用：先停下在那里运行的 xinyan serve。In use: stop the xinyan serve that runs there first.", path = .0.display())]
    InUse(PathBuf),
    #[error("这里是真实的沙龙，不是演示数据：什么也没有改。This is a real salon, not the demo: nothing was changed.")]
    NotADemo,
    #[error("没有这个岗位：{0}。No such role; there are: {1}.")]
    UnknownRole(String, String),
    #[error("没有叫“{0}”的人。Nobody of that name or id works here.")]
    UnknownPerson(String),
    #[error("有几个人叫“{0}”：用编号。Several people have that name: use the id.\n{1}")]
    SeveralPeople(String, String),
    #[error("这个名字不能用：{0}。That name can't be used.")]
    BadName(#[from] domain::BadText),
    #[error("要等一等再试。Busy: try again in a moment.")]
    Busy,
    #[error("{0}")]
    Workbook(#[from] crate::workbook::ImportError),
    #[error("没有导入：{0} 位顾客没有存下来，什么都没有改。Nothing was imported: {0} customers could not be kept.")]
    NotImported(usize),
    #[error("已停止，什么都没有导入。Stopped; nothing was imported.")]
    Stopped,
    #[error("还没有店长：先完成首次设置。There is no manager yet: finish the set-up first.")]
    NoManager,
    #[error("核对发现 {0} 处不一致。The check found differences: {0}.")]
    Differences(usize),
    #[error("还没有备份密钥：先运行 xinyan backup-key。There is no backup key yet: run xinyan backup-key first.")]
    NoBackupKey,
    #[error("已经有备份密钥；要换就加 --renew。There is a backup key already; --renew makes another.")]
    HasBackupKey,
    #[error(
        "这不是备份密钥：要 AGE-SECRET-KEY- 开头的那一行。That is no backup key: it is the line that begins with AGE-SECRET-KEY-."
    )]
    BadBackupKey,
    #[error("打不开备份 {path}（{error}）：密钥不对，或者文件不完整。The backup can't be opened: another key, or not whole.", path = .0.display(), error = .1)]
    Backup(PathBuf, io::Error),
    #[error("{path} 里已经有沙龙：换一个空文件夹。There is a salon already: choose an empty directory.", path = .0.display())]
    NotEmpty(PathBuf),
    #[error(
        "“{0}”不是店内网络的地址：写这台电脑的 IP（如 192.168.1.20），或以 .local、.lan、.internal 结尾的名字。公网域名请用公共证书。That is no address of a private network: give this machine's IP, or a name under .local, .lan or .internal."
    )]
    NotPrivate(String),
    #[error("{path} 里 ca.pem 和 ca-key.pem 只有一个：把另一个放回来；真的没有了就两个都移走，再做一份，每台平板要重装。Only one of ca.pem and ca-key.pem is there: put the other back, or move both away and install the new one on every tablet.", path = .0.display())]
    HalfAnAuthority(PathBuf),
    #[error("证书没有做成：{0}。The certificate could not be made.")]
    Cert(#[from] rcgen::Error),
    #[error("还没有证书：先运行 xinyan cert。There is no certificate yet: run xinyan cert first.")]
    NoCert,
    #[error("{path} 里的证书或密钥不能用：再运行一次 xinyan cert。The certificate or its key can't be used: run xinyan cert again.", path = .0.display())]
    BadCert(PathBuf),
    #[error(
        "备份之后删除过的档案没能再删：什么都没有恢复。Files erased since that backup could not be erased again: nothing was restored."
    )]
    NotErased,
    #[error("{path} 读不懂（{1}）：没有判断。It can't be read as cases: nothing was judged.", path = .0.display())]
    Cases(PathBuf, String),
    #[error("演示数据没有做成：{0}。The demo salon could not be made.")]
    Demo(&'static str),
}
