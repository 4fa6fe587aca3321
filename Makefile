# What a person types, and what .ci/run calls. `make` alone lists it.
#
# Every target that builds first sees to it that the system's libraries are there (`setup`).

# The config of run and check; the arguments of run, check and demo.
CONFIG ?= etc/fxwatch.yaml
ARGS ?=

# The one thing that bench measures; all of them without it.
ONLY ?=

# With a value, bench has Prometheus and Alertmanager do the same first.
PEERS ?=

# With a value, instructions takes what it counts as the new thresholds.
RENEW ?=

# How long soak lets the engine and its store run in simulated time, and how long the daemon in real
# time.
HOURS ?= 72
MINUTES ?= 60

# For how long fuzz feeds each reader, in seconds.
SECONDS ?= 20

# How many random cases property checks.
RUNS ?= 1000000

# How often crash-test kills the daemon.
KILLS ?= 50

# The Debian whose systemd the package is tried under: bookworm has 252, trixie 257.
SUITE ?= bookworm

# Where install puts things. DESTDIR stands before every path, for building packages.
DESTDIR ?=
PREFIX ?= /usr
share = $(PREFIX)/share

# Debian's names of what is linked, of what Swift itself needs to fetch and link, and of what tests
# talk to (a journald).
packages := ca-certificates gcc git libcurl4-openssl-dev libncurses6 libpcre2-dev libsqlite3-dev \
  libstdc++-12-dev libsystemd-dev libxml2-dev pkg-config systemd tzdata \
  zlib1g-dev

# What renders the manual, which is Markdown, as man pages (install).
manual_packages := lowdown python3

# What else is needed to build the package (deb), and to try it under a systemd of its own
# (system-test).
deb_packages := dpkg-dev lintian $(manual_packages)
system_packages := $(deb_packages) mmdebstrap openssl python3 systemd-container util-linux

# What is measured beside fxwatch, and with.
bench_packages := curl gawk grep python3 sqlite3
peer_packages := prometheus prometheus-alertmanager

# An import of a module that Package.swift does not name for the target is an error.
strict := --explicit-target-dependency-import-check error
release := -c release --static-swift-stdlib --product fxwatch
fuzz := -c release --scratch-path .build/fuzz --product FXFuzz \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld -Xswiftc -DFUZZING

# A crash prints its backtrace and ends, also where nobody sits at a terminal.
export SWIFT_BACKTRACE ?= interactive=no,color=no

.DEFAULT_GOAL := help
.PHONY: bench bench-page bench-program build check clean crash-test deb demo format fuzz help install \
  instructions lint picture property release run setup soak system-test test

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## the whole pipeline on this machine alone, in under 30 s
	.build/debug/fxwatch demo $(ARGS)

run: build ## the daemon in the foreground (CONFIG=etc/fxwatch.yaml)
	.build/debug/fxwatch run --config $(CONFIG) $(ARGS)

check: build ## validate the config, warn about rules (CONFIG=etc/fxwatch.yaml)
	.build/debug/fxwatch check --config $(CONFIG) $(ARGS)

# What tests talk to: servers with TLS and a mail server.
test_packages := openssl python3 python3-aiosmtpd

# One after the other: the tests of readers and of the simulated world keep every core busy, and
# those of sockets and processes would wait for them longer than their patience.
test: packages += $(test_packages)
test: lint ## every test, and the format of every file
	Tests/run $(strict) $(ARGS)

crash-test: build ## kill the daemon at random moments and count what is lost (KILLS=50)
	Tests/Crash/crash .build/debug/fxwatch --kills $(KILLS) $(ARGS)

# What is found is kept in .build/fuzz and read again by `FXFuzz READER FILE`; what led to new
# places in the code stays in .build/fuzz/corpus, from where the next run goes on.
fuzz: setup ## feed each reader with what no publisher sends (SECONDS=20 for each)
	swift build $(strict) $(fuzz)
	@set -e; tool="$$(swift build $(fuzz) --show-bin-path)/FXFuzz"; \
	export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0; \
	"$$tool" seeds .build/fuzz/seeds; \
	for reader in $$("$$tool" list); do \
	  mkdir -p ".build/fuzz/corpus/$$reader"; \
	  echo "$$reader"; \
	  timeout -s KILL $$(($(SECONDS) + 120)) "$$tool" "$$reader" -max_total_time=$(SECONDS) \
	    -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_funcs=0 -verbosity=0 \
	    -artifact_prefix=".build/fuzz/found-$$reader-" \
	    ".build/fuzz/corpus/$$reader" ".build/fuzz/seeds/$$reader"; \
	done

bench: packages += $(bench_packages) $(if $(PEERS),$(peer_packages)) $(if $(filter idle,$(ONLY)),strace)
bench: release bench-program ## what fxwatch costs, beside bare C (ONLY=NAME for one of them, PEERS=1 beside others)
	@folder=$$(swift build $(release) --show-bin-path); \
	if [ "$(ONLY)" = idle ]; then exec Tests/Bench/idle "$$folder/fxwatch"; fi; \
	$(if $(PEERS),Tests/Bench/peers --json .build/peers.json &&) \
	  "$$folder/FXBench" --program "$$folder/fxwatch" --json .build/bench$(if $(ONLY),-$(ONLY)).json \
	    --peers .build/peers.json $(if $(ONLY),--only "$(ONLY)")

bench-page: packages += python3
bench-page: setup ## the table in Tests/Bench/README.md and the chart, from the last bench
	Tests/Bench/page .build/bench.json Tests/Bench/README.md Tests/Bench/speed.svg

picture: packages += python3
picture: build ## the picture of the terminal in README.md, from what the demo prints
	Tests/picture .build/debug/fxwatch Tests/demo.svg

instructions: packages += binutils python3 valgrind
instructions: bench-program ## what pure parts cost, against committed thresholds (RENEW=1 renews them)
	@Tests/Bench/instructions "$$(swift build $(release) --show-bin-path)/FXBench" \
	  $(if $(RENEW),--renew) $(ARGS)

# Threads keep some of what they free for themselves, which counts as in use: not here.
soak: packages += python3
soak: release bench-program ## memory, descriptors and database over long runs (HOURS=72 simulated, MINUTES=60 real)
	@folder=$$(swift build $(release) --show-bin-path) \
	  && GLIBC_TUNABLES=glibc.malloc.tcache_count=0 "$$folder/FXBench" --soak $(HOURS) \
	  && Tests/Bench/soak "$$folder/fxwatch" --seconds $$(($(MINUTES) * 60))

bench-program: setup
	swift build $(strict) $(release:fxwatch=FXBench)

property: setup ## a million random cases of each property of rates and conditions (RUNS=1000000)
	swift run -c release FXProperties $(RUNS)

build: setup ## the debug build
	swift build $(strict) --product fxwatch

release: setup ## the release build; it needs no Swift where it runs
	swift build $(strict) $(release)

lint: setup ## the format of every file, without changing one
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

format: setup ## bring every file into its format
	swift format --in-place --parallel --recursive Sources Tests Package.swift

install: packages += $(manual_packages)
install: release ## lay out program, unit, catalog, config, manual, completions (DESTDIR= PREFIX=/usr)
	install -D -m 755 --strip "$$(swift build $(release) --show-bin-path)/fxwatch" \
	  "$(DESTDIR)$(PREFIX)/bin/fxwatch"
	mkdir -p "$(DESTDIR)$(share)/man" "$(DESTDIR)$(share)/bash-completion/completions" \
	  "$(DESTDIR)$(share)/zsh/vendor-completions" "$(DESTDIR)$(share)/fish/vendor_completions.d" \
	  "$(DESTDIR)$(share)/doc/fxwatch/examples"
	systemd/man/manual "$(DESTDIR)$(PREFIX)/bin/fxwatch" "$(DESTDIR)$(share)/man"
	"$(DESTDIR)$(PREFIX)/bin/fxwatch" --generate-completion-script bash | sed '1{/^#!/d}' \
	  >"$(DESTDIR)$(share)/bash-completion/completions/fxwatch"
	"$(DESTDIR)$(PREFIX)/bin/fxwatch" --generate-completion-script zsh \
	  >"$(DESTDIR)$(share)/zsh/vendor-completions/_fxwatch"
	"$(DESTDIR)$(PREFIX)/bin/fxwatch" --generate-completion-script fish \
	  >"$(DESTDIR)$(share)/fish/vendor_completions.d/fxwatch.fish"
	install -m 644 systemd/notify-reload.conf "$(DESTDIR)$(share)/doc/fxwatch/examples/"
	@if [ -e README.md ]; then \
	  set -x; install -m 644 README.md "$(DESTDIR)$(share)/doc/fxwatch/"; \
	fi
	@if [ -d systemd/schemas ]; then \
	  set -x; mkdir -p "$(DESTDIR)$(share)/fxwatch/schemas"; \
	  install -m 644 systemd/schemas/*.json "$(DESTDIR)$(share)/fxwatch/schemas/"; \
	fi
	install -D -m 644 systemd/fxwatch.catalog "$(DESTDIR)$(PREFIX)/lib/systemd/catalog/fxwatch.catalog"
	install -D -m 644 systemd/fxwatch.service "$(DESTDIR)$(PREFIX)/lib/systemd/system/fxwatch.service"
	sed -i 's|/usr/bin/fxwatch|$(PREFIX)/bin/fxwatch|g' \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/system/fxwatch.service"
	@if [ -e "$(DESTDIR)/etc/fxwatch/fxwatch.yaml" ]; then \
	  echo "kept $(DESTDIR)/etc/fxwatch/fxwatch.yaml as it is"; \
	else \
	  set -x; install -D -m 644 etc/fxwatch.yaml "$(DESTDIR)/etc/fxwatch/fxwatch.yaml"; \
	fi
	@if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then \
	  set -x; journalctl --update-catalog && systemctl daemon-reload; \
	fi

deb: packages += $(deb_packages)
deb: ## the Debian package, .build/fxwatch_VERSION_amd64.deb
	rm -rf .build/deb .build/fxwatch_*.deb
	$(MAKE) --no-print-directory install DESTDIR="$(CURDIR)/.build/deb" PREFIX=/usr \
	  packages="$(packages)"
	systemd/debian/build .build/deb .build
	lintian --fail-on error --tag-display-limit 0 .build/fxwatch_*.deb

system-test: packages += $(system_packages)
system-test: deb ## the package under a real systemd, in a container (needs root; SUITE=bookworm)
	SYSTEM_SUITE=$(SUITE) Tests/SystemTests/run .build/fxwatch_*.deb

clean: ## delete what was built
	swift package clean

setup: ## install the system's libraries that are missing
	@command -v swift >/dev/null || { \
	  echo 'fxwatch is built by Swift 6.2 or newer, and there is no `swift` in PATH;' \
	    'see https://www.swift.org/install/linux/' >&2; exit 1; }
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=$$(for name in $(packages); do \
	  dpkg-query -W -f='$${db:Status-Status}\n' "$$name" 2>/dev/null | grep -qx installed \
	    || printf ' %s' "$$name"; \
	done); \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" -ne 0 ]; then \
	  echo "Debian packages are missing; install them with" >&2; \
	  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$$missing" >&2; \
	  exit 1; \
	fi; \
	echo "installing$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	retries="-o Acquire::Retries=3"; log=$$(mktemp); \
	{ apt-get $$retries update \
	    && apt-get $$retries install --yes --no-install-recommends $$missing; } \
	  </dev/null >"$$log" 2>&1 \
	  || { cat "$$log" >&2; rm -f "$$log"; echo "these could not be installed:$$missing" >&2; exit 1; }; \
	rm -f "$$log"
