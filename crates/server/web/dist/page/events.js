import{a,b}from"../part/V6JYVWAD.js";import"../part/FULZC4QJ.js";import"../part/PHY7BDLH.js";import"../part/HERVVHLT.js";export{b as Events,a as asked};
