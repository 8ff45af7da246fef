import{a,b}from"../part/QUZQUY4Q.js";import"../part/QGQTEIBS.js";import"../part/GMFXNVNT.js";import"../part/HERVVHLT.js";export{b as Events,a as asked};
