"""The language engine: raw text in; sentences, words, tags, trees and entities out, each with its characters."""
