import{a,b}from"../part/QF7FWVHX.js";import"../part/QGQTEIBS.js";import"../part/GMFXNVNT.js";import"../part/HERVVHLT.js";export{a as Article,b as Reading};
