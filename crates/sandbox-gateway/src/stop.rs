//! How the parts of the gateway learn that it stops.

use tokio::sync::watch;

/// Keeps the gateway running. Dropping it stops everything as well as asking does.
pub struct Running(watch::Sender<bool>);

/// Tells when the gateway stops.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

/// A gateway that runs, and what tells its end.
pub fn running() -> (Running, Stop) {
    let (running, stop) = watch::channel(false);
    (Running(running), Stop(stop))
}

impl Running {
    /// Asks everything to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Returns when the gateway stops, or has stopped.
    pub async fn requested(&self) {
        // An error means that the gateway was dropped, which stops it as well.
        let _ = self.0.clone().wait_for(|stop| *stop).await;
    }
}
