//! Program: the built `gendan` as a process of its own over one database of the benchmark.

use super::ground::Ground;
use super::load;
use anyhow::{Context, bail};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Program {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to the first list that was answered.
    pub started: Duration,
}

impl Program {
    pub async fn start(ground: &Ground, database: &str) -> anyhow::Result<Self> {
        let address = free()?;
        let begun = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
        command
            .arg("serve")
            .env("GENDAN_LISTEN", address.to_string())
            .env("GENDAN_BASE_URL", format!("http://{address}"))
            .env("GENDAN_WORK", "no")
            .env("GENDAN_LOG", "error")
            .env(
                "GENDAN_FILES",
                ground.folder.join(format!("files-{database}")),
            )
            .env("DATABASE_URL", Ground::address(&ground.app(database)))
            .env(
                "DATABASE_OWNER_URL",
                Ground::address(&ground.owner(database)),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let child = command.spawn().context("start the program")?;
        let mut program = Self {
            child,
            address,
            started: Duration::ZERO,
        };
        program.wait(begun).await?;
        Ok(program)
    }

    async fn wait(&mut self, begun: Instant) -> anyhow::Result<()> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("the program ended with {status}");
            }
            if let Ok(mut line) = super::drive::Line::open(self.address).await
                && let Ok(reply) = line.get("/orders", &load::secret("gu")).await
                && reply.status == 200
            {
                self.started = begun.elapsed();
                return Ok(());
            }
            if begun.elapsed() > Duration::from_secs(30) {
                bail!("the program did not answer within 30 s");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Kilobytes: the process's own memory, shared pages by share.
    pub fn memory(&self) -> anyhow::Result<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let figure = line.and_then(|rest| rest.split_whitespace().next());
        Ok(figure.context("no Pss")?.parse()?)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Below the ports that the system gives to outgoing connections.
fn free() -> anyhow::Result<SocketAddr> {
    for port in 20_300..20_400 {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return Ok(address);
        }
    }
    bail!("no port is free between 20300 and 20399")
}
