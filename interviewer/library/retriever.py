"""The library behind LangChain's retriever interface, for chains that expect one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.documents import Document as Found
    from langchain_core.retrievers import BaseRetriever

    from interviewer.library.search import Hit


def retriever_of(search: "Callable[[str], Sequence[Hit]]") -> "BaseRetriever":
    from langchain_core.documents import Document as Found
    from langchain_core.retrievers import BaseRetriever

    class LibraryRetriever(BaseRetriever):
        """Passages as LangChain documents; the citation is in their metadata."""

        find: Any

        def _get_relevant_documents(self, query: str, *, run_manager: object = None) -> "list[Found]":
            return [
                Found(id=hit.id, page_content=hit.text, metadata=hit.model_dump(exclude={"text"}))
                for hit in self.find(query)
            ]

    return LibraryRetriever(find=search)
