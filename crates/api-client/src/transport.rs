//! How a request gets to the backend and its answer comes back.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use futures_util::Stream;

/// The methods that the contract uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads, with no side effect.
    Get,
    /// Writes or creates.
    Post,
    /// Ends something.
    Delete,
}

impl Method {
    /// The method's name in HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to the backend.
#[derive(Clone)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// The path with its query, below the API's address; it starts with `/`.
    pub path: String,
    /// Header fields beyond those that a transport adds for itself.
    pub headers: Vec<(&'static str, String)>,
    /// A JSON body.
    pub body: Option<String>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither bodies nor header values: passwords and tokens travel in them.
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}

/// An answer, whatever its status.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The entity tag, if the answer had one.
    pub etag: Option<String>,
    /// The server's own clock: the `Date` field as it stood.
    pub date: Option<String>,
    /// The body.
    pub body: String,
}

/// Why there was no answer at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The server could not be reached.
    Unreachable,
    /// No answer came in time.
    TimedOut,
}

/// A body, piece by piece as it arrives.
pub type Chunks = Pin<Box<dyn Stream<Item = Result<Vec<u8>, TransportError>>>>;

/// A way to the backend. Futures are not `Send`: in a browser there is one thread.
pub trait Transport {
    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    /// [`TransportError`] if the server cannot be reached or no answer comes in time. An answer
    /// with an error status is no error here.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, TransportError>>;

    /// Sends a request whose answer comes piece by piece. An answer that is not a success is given
    /// back whole, as the inner error.
    ///
    /// # Errors
    /// [`TransportError`] if the server cannot be reached or no answer begins in time. If the body
    /// breaks off later, an item of [`Chunks`] says so.
    fn open(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Result<Chunks, Response>, TransportError>>;
}
