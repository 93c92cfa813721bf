package certificates

import "encoding/binary"

// A font brings a program for each letter that fits it to the dots of an old screen. Printers and today's readers don't
// run it, and it is more than half of what a certificate weighs. The metrics and outlines stay as they are.

// kept are the tables of a font that a PDF needs; glyf, loca and head are written anew.
var kept = []string{"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}

// unhinted is the font without its programs.
func unhinted(ttf []byte) []byte {
	be := binary.BigEndian
	tables := map[string][]byte{}
	for i := range int(be.Uint16(ttf[4:])) {
		row := ttf[12+16*i:]
		from := be.Uint32(row[8:])
		tables[string(row[:4])] = ttf[from : from+be.Uint32(row[12:])]
	}
	count := int(be.Uint16(tables["maxp"][4:]))
	long := be.Uint16(tables["head"][50:]) == 1
	where := func(n int) int {
		if long {
			return int(be.Uint32(tables["loca"][4*n:]))
		}
		return 2 * int(be.Uint16(tables["loca"][2*n:]))
	}
	var glyphs, places []byte
	for n := range count {
		places = be.AppendUint32(places, uint32(len(glyphs)))
		glyphs = append(glyphs, outline(tables["glyf"][where(n):where(n+1)])...)
		for len(glyphs)%4 != 0 {
			glyphs = append(glyphs, 0)
		}
	}
	tables["glyf"], tables["loca"] = glyphs, be.AppendUint32(places, uint32(len(glyphs)))
	head := append([]byte(nil), tables["head"]...)
	be.PutUint16(head[50:], 1)
	tables["head"] = head
	return assemble(ttf[:4], tables)
}

// assemble writes a font file. Its checksums stay 0: the PDF library computes them for the part that it embeds.
func assemble(version []byte, tables map[string][]byte) []byte {
	be := binary.BigEndian
	out := append([]byte(nil), version...)
	out = be.AppendUint16(out, uint16(len(kept)))
	out = append(out, 0, 128, 0, 3, 0, 32) // search hints for ten tables
	at := 12 + 16*len(kept)
	var body []byte
	for _, name := range kept {
		out = append(append(out, name...), 0, 0, 0, 0)
		out = be.AppendUint32(out, uint32(at+len(body)))
		out = be.AppendUint32(out, uint32(len(tables[name])))
		body = append(body, tables[name]...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(out, body...)
}

// outline is a glyph without its program.
func outline(glyph []byte) []byte {
	const header, program, more, words, scale, scales, matrix = 10, 0x100, 0x20, 0x01, 0x08, 0x40, 0x80
	be := binary.BigEndian
	if len(glyph) < header {
		return nil
	}
	if contours := int(int16(be.Uint16(glyph))); contours >= 0 {
		at := header + 2*contours
		rest := glyph[at+2+int(be.Uint16(glyph[at:])):]
		return append(append(append([]byte(nil), glyph[:at]...), 0, 0), rest...)
	}
	out := append([]byte(nil), glyph...)
	for at := header; ; {
		flags := be.Uint16(out[at:])
		be.PutUint16(out[at:], flags&^program)
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&scales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return out[:at]
		}
	}
}
