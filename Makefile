# The targets for developers and for .ci/run. `make` without a target lists them.
#
# Targets that build first install missing system libraries (`setup`).

# The config file of run and check; further arguments of run, check and demo.
CONFIG ?= etc/fxwatch.yaml
ARGS ?=

# The name of the only measurement that bench runs; empty for all.
ONLY ?=

# If set, bench also measures Prometheus and Alertmanager.
PEERS ?=

# If set, instructions stores its counts as the new thresholds.
RENEW ?=

# The duration of soak: hours of simulated time for engine and store, minutes of real time for the
# daemon.
HOURS ?= 72
MINUTES ?= 60

# If set, web-test runs in a short form.
SHORT ?=

# The duration of fuzz for each reader, in seconds.
SECONDS ?= 20

# The number of random cases of property.
RUNS ?= 1000000

# The number of times crash-test kills the daemon.
KILLS ?= 50

# The share of each attack of attack, in per cent.
PERCENT ?= 100

# The Debian release whose systemd system-test uses: bookworm has 252, trixie 257.
SUITE ?= bookworm

# The destination of install. DESTDIR is prepended to every path, for building packages.
DESTDIR ?=
PREFIX ?= /usr
share = $(PREFIX)/share

# The Debian packages needed to fetch, compile and link, and the journald that tests use.
packages := ca-certificates gcc git libcurl4-openssl-dev libmicrohttpd-dev libmosquitto-dev libncurses6 \
  libpcre2-dev libpq-dev libsqlite3-dev libstdc++-12-dev libsystemd-dev libxml2-dev pkg-config systemd tzdata \
  zlib1g-dev

# The packages that render the manual from Markdown as man pages (install).
manual_packages := lowdown python3

# The packages needed to build the Debian package (deb) and to test it under systemd (system-test).
deb_packages := dpkg-dev lintian $(manual_packages)
system_packages := $(deb_packages) mmdebstrap openssl python3 systemd-container util-linux

# The packages that bench measures in comparison, and its tools.
bench_packages := curl gawk grep python3 sqlite3
peer_packages := prometheus prometheus-alertmanager

# Importing a module that Package.swift does not list for the target is an error.
strict := --explicit-target-dependency-import-check error
release := -c release --static-swift-stdlib --product fxwatch
fuzz := -c release --scratch-path .build/fuzz --product FXFuzz \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld -Xswiftc -DFUZZING

# A crash prints its backtrace and exits without a prompt.
export SWIFT_BACKTRACE ?= interactive=no,color=no

.DEFAULT_GOAL := help
.PHONY: attack bench bench-page bench-program build check clean cluster-test crash-test deb demo format fuzz help \
  home-assistant-test install instructions lint matrix-test oracle picture property release run setup soak system-test test web-picture web-test

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## run the whole pipeline on this machine, in under 30 s
	.build/debug/fxwatch demo $(ARGS)

run: build ## run the daemon in the foreground (CONFIG=etc/fxwatch.yaml)
	.build/debug/fxwatch run --config $(CONFIG) $(ARGS)

check: build ## validate the config and warn about rules (CONFIG=etc/fxwatch.yaml)
	.build/debug/fxwatch check --config $(CONFIG) $(ARGS)

# The packages of the tests' servers: TLS, mail, MQTT, PostgreSQL, syslog and Apprise.
test_packages := apprise mosquitto mosquitto-clients openssl postgresql python3 python3-aiosmtpd rsyslog

# Tests that only compute run side by side, after all others: those of sockets and processes would
# exceed their timeouts meanwhile.
test: packages += $(test_packages)
test: lint ## run all tests and check the format of all files
	Tests/run $(strict) $(ARGS)

crash-test: build ## kill the daemon at random moments and count what is lost (KILLS=50)
	Tests/Crash/crash .build/debug/fxwatch --kills $(KILLS) $(ARGS)

# The size of the run of cluster-test: how often the active replica is killed, for how many seconds it is
# frozen, and the faults of its connection to the database.
FREEZES ?= 2,12
FAULTS ?= commit,down
cluster-test: packages += postgresql python3
cluster-test: build ## kill, freeze and cut off replicas on one PostgreSQL database (KILLS=5, FREEZES=2,12, FAULTS=commit,down)
	Tests/Cluster/cluster .build/debug/fxwatch --freezes $(FREEZES) --faults $(FAULTS) \
	  --kills $(if $(filter command line,$(origin KILLS)),$(KILLS),5) $(ARGS)

# The Python of home-assistant-test, and the environment in which it installs Home Assistant.
HOME_PYTHON ?= python3.13
home_environment = test -x .build/home/bin/hass || { $(HOME_PYTHON) -m venv .build/home && \
  .build/home/bin/pip install --quiet --requirement Tests/HomeAssistant/requirements.txt; }

# Not part of continuous integration: Home Assistant and what it installs at its start are large.
home-assistant-test: packages += mosquitto python3
home-assistant-test: build ## run Home Assistant from PyPI, which must find the sensors (HOME_PYTHON=python3.13)
	@$(home_environment)
	Tests/HomeAssistant/home-assistant .build/debug/fxwatch .build/home/bin/hass

# Not part of continuous integration: Synapse installs many packages.
matrix_environment = test -x .build/matrix/bin/synapse_homeserver || { python3 -m venv .build/matrix && \
  .build/matrix/bin/pip install --quiet --requirement Tests/Matrix/requirements.txt; }

matrix-test: packages += python3
matrix-test: build ## run Synapse from PyPI, in whose room a member must read the alerts
	@$(matrix_environment)
	Tests/Matrix/matrix .build/debug/fxwatch .build/matrix/bin

attack: packages += python3
attack: release ## attack the daemon with hostile bodies, servers, receivers and disks (PERCENT=100)
	Tests/Attack/attack "$$(swift build $(release) --show-bin-path)/fxwatch" --percent $(PERCENT) $(ARGS)

# The Python packages of web-test.
web_environment = test -x .build/web/bin/schemathesis || { python3 -m venv .build/web && \
  .build/web/bin/pip install --quiet --requirement Tests/Web/requirements.txt; }

# Existing clients of the APIs, a browser and hostile clients; Python packages are in an environment of its
# own. SHORT=1 takes less than four minutes.
web-test: packages += chromium curl prometheus prometheus-alertmanager python3-venv slowhttptest
web-test: build ## run existing clients, a browser and attacks against the page (SHORT=1, ARGS=NAME)
	@$(web_environment)
	.build/web/bin/python Tests/Web/web-test .build/debug/fxwatch $(if $(SHORT),--short) \
	  --pictures .build/web/pictures $(ARGS)

web-picture: packages += chromium python3-venv
web-picture: build ## renew the picture of the page in README.md
	@$(web_environment)
	.build/web/bin/python Tests/Web/picture .build/debug/fxwatch Tests/Web/page.png

# Inputs that cause a failure are kept in .build/fuzz; repeat them with `FXFuzz READER FILE`. Inputs
# that reach new code are kept in .build/fuzz/corpus, where the next run continues.
fuzz: setup ## run each reader on random input (SECONDS=20 for each)
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

bench: packages += $(bench_packages) $(if $(filter-out postgresql,$(ONLY)),,postgresql) $(if $(PEERS),$(peer_packages)) $(if $(filter idle,$(ONLY)),strace) $(if $(filter web,$(ONLY)),wrk)
bench: release bench-program ## measure fxwatch in comparison with C (ONLY=NAME, PEERS=1 for other programs)
	@folder=$$(swift build $(release) --show-bin-path); \
	if [ "$(ONLY)" = idle ]; then exec Tests/Bench/idle "$$folder/fxwatch"; fi; \
	if [ "$(ONLY)" = web ]; then exec Tests/Bench/web "$$folder/fxwatch"; fi; \
	$(if $(PEERS),Tests/Bench/peers --json .build/peers.json &&) \
	  "$$folder/FXBench" --program "$$folder/fxwatch" --json .build/bench$(if $(ONLY),-$(ONLY)).json \
	    --peers .build/peers.json $(if $(ONLY),--only "$(ONLY)")

bench-page: packages += python3
bench-page: setup ## update the table in Tests/Bench/README.md and the chart from the last bench
	Tests/Bench/page .build/bench.json Tests/Bench/README.md Tests/Bench/speed.svg

picture: packages += python3
picture: build ## draw the terminal picture of README.md from the output of the demo
	Tests/picture .build/debug/fxwatch Tests/demo.svg

instructions: packages += binutils python3 valgrind
instructions: bench-program ## count instructions and compare with the thresholds (RENEW=1 stores new ones)
	@Tests/Bench/instructions "$$(swift build $(release) --show-bin-path)/FXBench" \
	  $(if $(RENEW),--renew) $(ARGS)

# Without the allocator's thread caches, whose free memory would count as used.
soak: packages += python3
soak: release bench-program ## watch memory, descriptors and database in long runs (HOURS=72, MINUTES=60)
	@folder=$$(swift build $(release) --show-bin-path) \
	  && GLIBC_TUNABLES=glibc.malloc.tcache_count=0 "$$folder/FXBench" --soak $(HOURS) \
	  && Tests/Bench/soak "$$folder/fxwatch" --seconds $$(($(MINUTES) * 60))

bench-program: setup
	swift build $(strict) $(release:fxwatch=FXBench)

# SEED repeats one past or begins elsewhere; each past has ten rules.
SEED ?= 1
oracle: setup ## compare the engine with a plain evaluator on random pasts (RUNS=1000000 rules, SEED=1)
	swift run -c release --static-swift-stdlib FXOracle $(RUNS) $(SEED)

property: setup ## check properties of rates and conditions with random cases (RUNS=1000000)
	swift run -c release --static-swift-stdlib FXProperties $(RUNS)

build: setup ## build for debugging
	swift build $(strict) --product fxwatch

release: setup ## build for release; running it does not require Swift
	swift build $(strict) $(release)

lint: setup ## check the format of all files
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

format: setup ## format all files
	swift format --in-place --parallel --recursive Sources Tests Package.swift

install: packages += $(manual_packages)
install: release ## install program, unit, catalog, config, manual, schemas (DESTDIR= PREFIX=/usr)
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
	install -m 644 systemd/notify-reload.conf etc/fxwatch.yaml etc/rules-test.yaml \
	  "$(DESTDIR)$(share)/doc/fxwatch/examples/"
	install -d "$(DESTDIR)$(share)/fxwatch/schemas"
	install -m 644 systemd/schemas/*.json "$(DESTDIR)$(share)/fxwatch/schemas/"
	@if [ -e README.md ]; then \
	  set -x; install -m 644 README.md "$(DESTDIR)$(share)/doc/fxwatch/"; \
	fi
	install -D -m 644 systemd/fxwatch.catalog "$(DESTDIR)$(PREFIX)/lib/systemd/catalog/fxwatch.catalog"
	install -D -m 644 systemd/fxwatch.service "$(DESTDIR)$(PREFIX)/lib/systemd/system/fxwatch.service"
	install -D -m 644 systemd/fxwatch.socket "$(DESTDIR)$(PREFIX)/lib/systemd/system/fxwatch.socket"
	sed -i 's|/usr/bin/fxwatch|$(PREFIX)/bin/fxwatch|g' \
	  "$(DESTDIR)$(PREFIX)/lib/systemd/system/fxwatch.service"
	@if [ -e "$(DESTDIR)/etc/fxwatch/fxwatch.yaml" ]; then \
	  echo "$(DESTDIR)/etc/fxwatch/fxwatch.yaml exists and was not changed"; \
	else \
	  set -x; install -D -m 644 etc/fxwatch.yaml "$(DESTDIR)/etc/fxwatch/fxwatch.yaml"; \
	fi
	@if [ -z "$(DESTDIR)" ] && [ -d /run/systemd/system ]; then \
	  set -x; journalctl --update-catalog && systemctl daemon-reload; \
	fi

deb: packages += $(deb_packages)
deb: ## build the Debian package, .build/fxwatch_VERSION_amd64.deb
	rm -rf .build/deb .build/fxwatch_*.deb
	$(MAKE) --no-print-directory install DESTDIR="$(CURDIR)/.build/deb" PREFIX=/usr \
	  packages="$(packages)"
	systemd/debian/build .build/deb .build
	lintian --fail-on error --tag-display-limit 0 .build/fxwatch_*.deb

system-test: packages += $(system_packages)
system-test: deb ## test the package under systemd in a container (needs root; SUITE=bookworm)
	SYSTEM_SUITE=$(SUITE) Tests/SystemTests/run .build/fxwatch_*.deb

clean: ## delete build products
	swift package clean

setup: ## install missing system libraries
	@command -v swift >/dev/null || { \
	  echo 'fxwatch requires Swift 6.2 or newer, and there is no `swift` in PATH;' \
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
	  || { cat "$$log" >&2; rm -f "$$log"; echo "cannot install:$$missing" >&2; exit 1; }; \
	rm -f "$$log"
