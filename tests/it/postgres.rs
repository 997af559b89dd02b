//! A real PostgreSQL of our own: one cluster for the whole run, a fresh database for each test.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// The running cluster. A supervisor process ends it when this process ends, however it ends.
pub struct Cluster {
    port: u16,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a fresh, empty database.
pub async fn fresh_database() -> String {
    let cluster = CLUSTER.get_or_init(Cluster::start);
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&cluster.url("postgres")).await.expect("the cluster answers");
    admin.execute(AssertSqlSafe(format!("create database {name}"))).await.expect("a fresh database");
    cluster.url(&name)
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        format!("postgres://rapport:secret@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    fn start() -> Self {
        let bin = newest_bin().expect(
            "PostgreSQL is not installed: there is no /usr/lib/postgresql/*/bin/initdb. On Debian: \
             apt-get install postgresql",
        );
        let folder = tempfile::Builder::new().prefix("rapport-pg-").tempdir().expect("a temporary folder").keep();
        let data = folder.join("data");
        let password = folder.join("password");
        fs::write(&password, "secret").expect("the folder is ours");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("the folder is ours");
        own(&folder);
        let mut initdb = as_somebody(&bin.join("initdb"));
        initdb.arg("-D").arg(&data).args(["-U", "rapport", "-A", "scram-sha-256", "--no-sync", "-E", "UTF8"]);
        initdb.arg("--locale=C.UTF-8").arg("--pwfile").arg(&password);
        check("initdb", &initdb.output().expect("initdb runs"));

        let port = free_port();
        let mut start = as_somebody(&bin.join("pg_ctl"));
        let settings = format!(
            "-p {port} -h 127.0.0.1 -k {} -c fsync=off -c max_connections=200 -c shared_buffers=32MB",
            folder.display()
        );
        start.arg("-D").arg(&data).args(["-w", "-t", "60", "-l"]).arg(folder.join("log")).args(["-o", &settings]);
        check("pg_ctl start", &start.arg("start").stdout(Stdio::null()).output().expect("pg_ctl runs"));
        supervise(&bin, &data, &folder);
        Self { port }
    }
}

/// A shell whose standard input is a pipe from us: it ends when we do, and then the shell stops the cluster.
fn supervise(bin: &Path, data: &Path, folder: &Path) {
    let script = r#"trap '' INT TERM; cat; "$1" -D "$2" -m immediate -w stop; rm -rf "$3""#;
    let mut shell = as_somebody(Path::new("/bin/sh"));
    shell.args(["-c", script, "sh"]).arg(bin.join("pg_ctl")).arg(data).arg(folder);
    let supervisor = shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    // Kept open until the process ends.
    std::mem::forget(supervisor.expect("a shell"));
}

/// PostgreSQL refuses to run as root.
fn as_somebody(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(program).current_dir("/");
    command
}

fn own(folder: &Path) {
    if is_root() {
        std::os::unix::fs::chown(folder, Some(65534), Some(65534)).expect("root may");
        for file in fs::read_dir(folder).expect("ours").flatten() {
            std::os::unix::fs::chown(file.path(), Some(65534), Some(65534)).expect("root may");
        }
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0)
}

fn newest_bin() -> Option<PathBuf> {
    let version = |path: &PathBuf| path.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin"));
    versions.filter(|bin| bin.join("initdb").exists()).max_by_key(version)
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound").port()
}

fn check(what: &str, output: &Output) {
    assert!(output.status.success(), "{what} failed: {}", String::from_utf8_lossy(&output.stderr));
}
