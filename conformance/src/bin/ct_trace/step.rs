//! What a step shows: the place of the instruction, and the addresses of what it reads and writes.
use crate::trace::{Registers, Traced};
use iced_x86::CpuidFeature as F;
use iced_x86::{
    Decoder, DecoderOptions, InstructionInfoFactory, InstructionInfoOptions, Mnemonic, Register, UsedMemory,
};
use std::collections::{HashMap, hash_map::Entry};
use std::io::{Error, Result};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Step {
    pub(crate) at: u64,
    /// All addresses in one number.
    addresses: u64,
}

/// The instructions that were met. Nothing moves from run to run, so each is decoded once.
#[derive(Default)]
pub(crate) struct Code(HashMap<u64, Instruction>);

struct Instruction {
    is_mark: bool,
    memory: Vec<UsedMemory>,
    foreign: Option<F>,
}

impl Code {
    /// The step that the program takes next, and what of the CPU valgrind would not have for it; none at a mark.
    pub(crate) fn next(&mut self, program: &Traced, r: &Registers) -> Result<Option<(Step, Option<F>)>> {
        let instruction = match self.0.entry(r.rip) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Instruction::decode(program, r.rip)?),
        };
        if instruction.is_mark {
            return Ok(None);
        }
        let mut addresses = 0u64;
        for memory in &instruction.memory {
            let address =
                memory.virtual_address(0, |register, _, _| value(r, register)).ok_or_else(|| {
                    Error::other(format!("the instruction at {:#x} takes addresses from a vector", r.rip))
                })?;
            // An odd factor: of two addresses and their order, nothing gets lost that is likely to matter.
            addresses = addresses.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ address;
        }
        Ok(Some((Step { at: r.rip, addresses }, instruction.foreign)))
    }
}
impl Instruction {
    fn decode(program: &Traced, at: u64) -> Result<Self> {
        let mut bytes = [0; 15];
        let length = program.read(at, &mut bytes)?;
        let bytes = bytes.get(..length).unwrap_or_default();
        let decoded = Decoder::with_ip(64, bytes, at, DecoderOptions::NONE).decode();
        if decoded.is_invalid() {
            return Err(Error::other(format!("an instruction at {at:#x} that iced-x86 does not know")));
        }
        let mut factory = InstructionInfoFactory::new();
        let info = factory.info_options(&decoded, InstructionInfoOptions::NO_REGISTER_USAGE);
        Ok(Self {
            is_mark: decoded.mnemonic() == Mnemonic::Int3,
            memory: info.used_memory().to_vec(),
            foreign: decoded.cpuid_features().iter().copied().find(|f| !VALGRIND.contains(f)),
        })
    }
}

/// General registers, and the bases of segments; of all others, none.
fn value(r: &Registers, register: Register) -> Option<u64> {
    let names = [
        (Register::RAX, r.rax),
        (Register::RBX, r.rbx),
        (Register::RCX, r.rcx),
        (Register::RDX, r.rdx),
        (Register::RSI, r.rsi),
        (Register::RDI, r.rdi),
        (Register::RBP, r.rbp),
        (Register::RSP, r.rsp),
        (Register::R8, r.r8),
        (Register::R9, r.r9),
        (Register::R10, r.r10),
        (Register::R11, r.r11),
        (Register::R12, r.r12),
        (Register::R13, r.r13),
        (Register::R14, r.r14),
        (Register::R15, r.r15),
        (Register::FS, r.fs_base),
        (Register::GS, r.gs_base),
    ];
    let segments = [Register::CS, Register::DS, Register::ES, Register::SS];
    if segments.contains(&register) {
        return Some(0);
    }
    let whole = register.full_register();
    names.into_iter().find(|(name, _)| *name == whole).map(|(_, value)| value)
}

/// What valgrind 3.19 has of the CPU: not VAES, VPCLMULQDQ, SHA, AVX-512.
const VALGRIND: [F; 30] = [
    F::INTEL8086,
    F::INTEL186,
    F::INTEL286,
    F::INTEL386,
    F::INTEL486,
    F::X64,
    F::MULTIBYTENOP,
    F::CET_IBT,
    F::CPUID,
    F::CMOV,
    F::FPU,
    F::MMX,
    F::SSE,
    F::SSE2,
    F::SSE3,
    F::SSSE3,
    F::SSE4_1,
    F::SSE4_2,
    F::AES,
    F::PCLMULQDQ,
    F::AVX,
    F::AVX2,
    F::FMA,
    F::BMI1,
    F::BMI2,
    F::ADX,
    F::LZCNT,
    F::POPCNT,
    F::MOVBE,
    F::PAUSE,
];
