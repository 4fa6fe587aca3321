import Glibc
import Properties

/// Checks every promise on as many random cases as the first argument says, a million without it.
let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
var isKept = true
for promise in Promise.all {
  let start = ContinuousClock.now
  let violations = promise.violations(in: runs, seed: 2026)
  let took = ContinuousClock.now - start
  isKept = isKept && violations.isEmpty
  print("\(violations.isEmpty ? "ok  " : "FAIL")  \(runs) × \(promise.sentence) (\(took))")
  for violation in violations { print("      \(violation)") }
}
exit(isKept ? 0 : 1)
