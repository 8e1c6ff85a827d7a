# What people call. The build itself is CMakeLists.txt and CMakePresets.json; logs go to build/log/.

PREFIX ?= /usr/local
DESTDIR ?=
SECONDS ?= 30

.PHONY: all bench-again bench-drop bench-plan bench-worlds demo reference test test-long test-qgis fuzz install clean

all:
	@scripts/install-dependencies.sh
	@scripts/build.sh release airbridge_program airbridge_shared
	@echo build/release/airbridge

# Plans the siege of 2016 and writes examples/syria-2016.plan.gpkg.
demo:
	@scripts/install-dependencies.sh
	@scripts/build.sh release airbridge_program
	@build/release/airbridge plan examples/syria-2016

# Writes what the program says of itself: the reference, man pages, completion, and what the manual's examples print.
reference:
	@scripts/install-dependencies.sh
	@scripts/build.sh release airbridge_program
	@scripts/write-reference.sh build/release/airbridge docs
	@scripts/run-manual.sh --refresh build/release/airbridge README.md docs/manual/*.md
	@echo docs/reference docs/man docs/completion docs/manual README.md

# The last line is `N passed, N failed`, summed over all presets.
test:
	@scripts/install-dependencies.sh test
	@scripts/run-tests.sh short

test-long:
	@scripts/install-dependencies.sh test
	@scripts/run-tests.sh long

# Plans seeded operations of three sizes, beside clp's own program on the same models; half an hour.
bench-plan:
	@scripts/install-dependencies.sh test
	@scripts/build.sh release
	@build/release/bench/plan 1 2
	@build/release/bench/plan 3 --clp 60

# Plans operations again after a small change, from nothing and from the plan before; three minutes.
bench-again:
	@scripts/install-dependencies.sh test
	@scripts/build.sh release
	@build/release/bench/again

# Draws landings, times them, and holds them to CVODE over ten thousand cases; some four minutes.
bench-drop:
	@scripts/install-dependencies.sh test
	@scripts/build.sh release
	@build/release/bench/drop

# Draws a thousand worlds of Syria and lives through its plan in each; half a minute.
bench-worlds:
	@scripts/install-dependencies.sh test
	@scripts/build.sh release
	@build/release/bench/worlds

# Opens results in QGIS.
test-qgis:
	@scripts/install-dependencies.sh test qgis
	@scripts/build.sh release airbridge_program
	@scripts/test-qgis.sh

# Lets each fuzzer search for SECONDS.
fuzz:
	@scripts/install-dependencies.sh test
	@scripts/build.sh fuzz
	@AB_FUZZ_SECONDS=$(SECONDS) ctest --preset fuzz

install:
	@scripts/install-dependencies.sh
	@CONFIGURE="-DCMAKE_INSTALL_PREFIX=$(PREFIX)" scripts/build.sh release airbridge_program airbridge_shared
	@DESTDIR="$(DESTDIR)" scripts/quiet.sh build/log/install.txt cmake --install build/release
	@echo "installed in $(DESTDIR)$(PREFIX); the list is build/release/install_manifest.txt"

clean:
	@rm -rf build
