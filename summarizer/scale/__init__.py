"""An archive of articles -> its events, a briefing each; on one machine or many, with the same bytes.

``archive -> articles -> days -> copies, neighbours -> events -> briefs -> events table, index, report``

Every stage is a list of tasks (:mod:`summarizer.scale.tasks`) that depend on nothing but what earlier stages wrote.
A task reads folders of the store, writes one folder of it, whole or not at all, and leaves a marker in it
(:mod:`summarizer.scale.store`). Who runs a task, and when, changes no byte; so going on after a run was cut off and
adding a day are the same thing: tasks whose marker names the same inputs are passed over.

=============  ================  =======================================================================================
stage          key of a task     what it writes
=============  ================  =======================================================================================
articles       ``00017``         a piece of the input: articles read, cleaned for comparison, described; what failed
days           ``en-20260610``   the articles of one language and day, sorted; ``undated`` for those without a date
copies         ``en-20260610``   pairs (article of that day, article of the window before) that are copies
neighbours     ``en-20260610``   pairs (article of that day, article of the window before) that report one event
events         ``all``           which article belongs to which event, after weak links were cut
briefs         ``00003``         briefings of a few events
=============  ================  =======================================================================================
"""
