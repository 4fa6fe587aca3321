import Glibc
import Oracle

/// Compares the engine with the definition on random pairs of a rule and a series, and prints the first
/// disagreements as rule tests; the arguments are the number of pairs, the first seed, and the most
/// disagreements.
let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let pairs = arguments.first ?? 10_000
let firstSeed = arguments.dropFirst().first ?? 1
let most = arguments.dropFirst(2).first ?? 5
var found: UInt64 = 0
let scenarios = max(1, pairs / UInt64(OracleCheck.rulesPerScenario))
let begin = ContinuousClock.now
for seed in firstSeed..<firstSeed + scenarios {
  guard let disagreement = OracleCheck.disagreement(seed: seed) else { continue }
  print(disagreement.story + "\n")
  found += 1
  if found == most { break }
}
print("\(scenarios) pasts, \(found) disagreements, \(ContinuousClock.now - begin)")
exit(found == 0 ? 0 : 1)
