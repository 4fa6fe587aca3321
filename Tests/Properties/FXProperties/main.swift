import Glibc
import Properties

/// Checks every property on the number of random cases in the first argument; the default is a million.
let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
var allHold = true
for property in Property.all {
  let start = ContinuousClock.now
  let violations = property.violations(in: runs, seed: 2026)
  let took = ContinuousClock.now - start
  allHold = allHold && violations.isEmpty
  print("\(violations.isEmpty ? "ok  " : "FAIL")  \(runs) × \(property.sentence) (\(took))")
  for violation in violations { print("      \(violation)") }
}
exit(allHold ? 0 : 1)
