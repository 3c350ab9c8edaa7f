//! What loads of a relay have in common: the client's side of a WebSocket, and numbers that are the same each time.

pub mod seeded;
pub mod websocket;
