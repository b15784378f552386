//! Hellos taken apart, so that a test can put them together wrongly.

/// ClientHello and ServerHello differ in one field: what is a list in the first is a choice in the second.
#[derive(Clone, Debug)]
pub struct Hello {
    pub kind: u8,
    pub version: [u8; 2],
    pub random: Vec<u8>,
    pub session_id: Vec<u8>,
    /// With its length, if it is a list.
    pub suites: Vec<u8>,
    pub compression: Vec<u8>,
    pub extensions: Vec<(u16, Vec<u8>)>,
    /// Whatever stands behind the extensions.
    pub tail: Vec<u8>,
}

impl Hello {
    /// From a message with its header of four bytes.
    pub fn read(message: &[u8]) -> Self {
        let mut at = 4;
        let mut take = |count: usize| {
            at += count;
            message[at - count..at].to_vec()
        };
        let version = take(2).try_into().unwrap();
        let random = take(32);
        let count = usize::from(take(1)[0]);
        let session_id = take(count);
        let (suites, compression) = if message[0] == 1 {
            let count = take(2);
            let list = take(usize::from(u16::from_be_bytes([count[0], count[1]])));
            let methods = take(1);
            let methods = [methods.clone(), take(usize::from(methods[0]))].concat();
            ([count, list].concat(), methods)
        } else {
            (take(2), take(1))
        };
        let mut extensions = Vec::new();
        let total = take(2);
        let end = 2 + usize::from(u16::from_be_bytes([total[0], total[1]]));
        let mut used = 2;
        while used < end {
            let head = take(4);
            let body = take(usize::from(u16::from_be_bytes([head[2], head[3]])));
            used += 4 + body.len();
            extensions.push((u16::from_be_bytes([head[0], head[1]]), body));
        }
        Self {
            kind: message[0],
            version,
            random,
            session_id,
            suites,
            compression,
            extensions,
            tail: Vec::new(),
        }
    }
    /// A message with its header of four bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut list = Vec::new();
        for (kind, body) in &self.extensions {
            list.extend(kind.to_be_bytes());
            list.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
            list.extend(body);
        }
        let mut body = self.version.to_vec();
        body.extend(&self.random);
        body.push(u8::try_from(self.session_id.len()).unwrap());
        body.extend(&self.session_id);
        body.extend(&self.suites);
        body.extend(&self.compression);
        body.extend(u16::try_from(list.len()).unwrap().to_be_bytes());
        body.extend(list);
        body.extend(&self.tail);
        message(self.kind, &body)
    }
    /// Its extension of this type.
    pub fn extension(&mut self, kind: u16) -> &mut Vec<u8> {
        if !self.extensions.iter().any(|(own, _)| *own == kind) {
            self.extensions.push((kind, Vec::new()));
        }
        &mut self.extensions.iter_mut().find(|(own, _)| *own == kind).unwrap().1
    }
    pub fn without(&mut self, kind: u16) {
        self.extensions.retain(|(own, _)| *own != kind);
    }
}

/// A handshake message.
pub fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[kind], &length[1..], body].concat()
}
/// An unprotected record.
pub fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[kind, 3, 3], &length[..], content].concat()
}
