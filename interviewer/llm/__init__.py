"""The language model: which one, its weights, its server, and one object through which lines are written.

Covers everything between "write the interviewer's next line" and the network: the choice of an endpoint, the embedded
llama.cpp server and its weights, streaming, timeouts and what goes wrong. Does not cover what is said to the model
(`interviewing.voice` and the files in `prompts/`) nor whether the answer may be shown (`interviewing.guard`).
Only this package imports openai and langchain, and only inside functions: the imports take seconds.
"""
