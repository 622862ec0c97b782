import { build } from 'esbuild'
import { gzipSync } from 'node:zlib'
async function m(contents){
  const r = await build({stdin:{contents, resolveDir:process.cwd(), loader:'ts'}, bundle:true, format:'esm', platform:'browser', target:'es2022', minify:true, write:false, metafile:true, tsconfigRaw:'{}'})
  const b=r.outputFiles[0].contents
  return [b.length, gzipSync(b,{level:9}).length, Object.values(r.metafile.outputs)[0].inputs]
}
const a=await m(`export * from './src/normalize.ts'`), b=await m(`export * from './src/normalize.ts'; export * from './src/fetch/index.ts'`)
console.log('marginal', b[0]-a[0], b[1]-a[1])
for (const [k,v] of Object.entries(b[2])) if (k.includes('fetch')) console.log(k, v.bytesInOutput)
import path from 'node:path'
import fs from 'node:fs'
{
  const r = await build({stdin:{contents:`export * from './src/fetch/index.ts'`, resolveDir:process.cwd(), loader:'ts'}, bundle:true, format:'esm', platform:'browser', target:'es2022', minify:true, write:false, tsconfigRaw:'{}',
   plugins: [{name:'x',setup(b){ b.onResolve({filter:/^\.\.?\//},a=>{ const full=path.join(a.resolveDir,a.path); if(!full.includes('/src/fetch')&&a.kind!=='entry-point') return {path:a.path, external:true}; }) }}]})
  const b=r.outputFiles[0].contents
  console.log('alone', b.length, gzipSync(b,{level:9}).length)
  fs.writeFileSync('/tmp/fetch.min.js', b)
}
