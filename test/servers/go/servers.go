//go:build servers

// Package servers names what is built here, for `go mod tidy` to keep it in go.mod and go.sum.
package servers

import _ "github.com/modelcontextprotocol/go-sdk/mcp"
