//! The single-step tracer: `ct_trace run PROGRAM [NAME…]` runs the calls of the program `ct` one instruction after the
//! other on this CPU, each with 32 secrets, and compares where it was and what it read and wrote: the addresses have to
//! be the same, all of them, in the same order.
//!
//! That is slow, and finds only what 32 secrets show; memcheck is better at both. So only what executes an instruction
//! that valgrind lacks is traced: `ct_trace list PROGRAM` names it, but for the calls that take long.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod compare;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod step;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod trace;

fn main() -> std::process::ExitCode {
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    {
        let words: Vec<String> = std::env::args().skip(1).collect();
        compare::run(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }
    #[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
    {
        println!("   nothing is traced: the tracer knows x86-64 and Linux alone");
        std::process::ExitCode::from(2)
    }
}
