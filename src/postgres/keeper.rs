//! The keeper: watches the server and starts it again when it dies unasked (`kill -9`, out of memory).

use std::{
    process::Child,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::Context;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::cluster::Cluster;

const LOOK: Duration = Duration::from_millis(200);
const PAUSE: Duration = Duration::from_secs(2);
const TICK: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(30);

/// `None` while the server is down.
type Server = Arc<Mutex<Option<Child>>>;

pub(super) struct Keeper {
    server: Server,
    // Dropping the sender ends the thread.
    watching: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Keeper {
    pub(super) fn watch(cluster: Cluster, child: Child, say: fn(&str)) -> anyhow::Result<Keeper> {
        let server: Server = Arc::new(Mutex::new(Some(child)));
        let (sender, receiver) = mpsc::channel();
        let watched = Arc::clone(&server);
        let thread = thread::Builder::new()
            .name("postgres-keeper".to_owned())
            .spawn(move || keep(&cluster, &watched, &receiver, say))
            .context("start the thread that watches the database server")?;
        Ok(Keeper {
            server,
            watching: Some((sender, thread)),
        })
    }

    /// Stops the watch, then the server: open transactions are rolled back, everything is written out.
    pub(super) fn stop(&mut self) -> anyhow::Result<()> {
        if let Some((sender, thread)) = self.watching.take() {
            drop(sender);
            let _ = thread.join();
        }
        match held(&self.server).take() {
            Some(child) => end(child),
            None => Ok(()),
        }
    }
}

impl Drop for Keeper {
    // On the way out of an error there is nobody left to tell.
    fn drop(&mut self) {
        let _ = self.stop();
    }
}

fn keep(cluster: &Cluster, server: &Server, stop: &Receiver<()>, say: fn(&str)) {
    let mut wait = LOOK;
    while stop.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = LOOK;
        let mut server = held(server);
        let ended = match server.as_mut() {
            Some(child) => !matches!(child.try_wait(), Ok(None)),
            None => true,
        };
        if !ended {
            continue;
        }
        if server.take().is_some() {
            say("the database server ended unasked: starting it again");
        }
        match cluster.start() {
            Ok(child) => {
                *server = Some(child);
                say("the database server runs again");
            }
            Err(error) => {
                say(&format!("{error:#}"));
                wait = PAUSE;
            }
        }
    }
}

fn end(mut child: Child) -> anyhow::Result<()> {
    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        kill(Pid::from_raw(i32::try_from(child.id())?), signal)?;
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(TICK);
        }
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}

fn held(server: &Server) -> MutexGuard<'_, Option<Child>> {
    // A poisoned lock still holds the child, and the child is what has to be stopped.
    server.lock().unwrap_or_else(PoisonError::into_inner)
}
