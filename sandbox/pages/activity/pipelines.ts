import { html } from 'hono/html';
import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { layout } from '../view/layout.ts';
import { span, when } from '../view/time.ts';
import { blank } from '../view/trouble.ts';
import type { Html } from '../view/html.ts';
import { pipelineStatus } from './status.ts';

/** Colours and section marks that a runner writes for terminals. */
const marks = /\u001b\[[\d;]*[A-Za-z]|section_(?:start|end):\d+:[\w-]+\r?|\r(?!\n)/g;

const noPipelines = blank(
  'No pipelines yet',
  'The schedule starts them; a merge request starts one for its checks.',
);

/** `/-/pipelines`. */
export async function pipelinesPage(visit: Visit): Promise<Html> {
  const pipelines = await unless([404], visit.api.list('pipelines', rest.pipeline, 50), []);
  const rows = pipelines.map(
    (pipeline) =>
      html`<li class="list-row">
        <div>
          <a class="row-title" href="${visit.links.pipeline(pipeline.id)}"
            >Pipeline ${pipeline.id}</a
          >
          <p class="muted">
            <bdi>${pipeline.source.replaceAll('_', ' ')}</bdi> on <bdi>${pipeline.ref}</bdi> ·
            <code>${pipeline.sha.slice(0, 8)}</code> · ${when(pipeline.created_at, visit.now)}
          </p>
        </div>
        <p class="row-end">${pipelineStatus(pipeline.status)}</p>
      </li>`,
  );
  const body = html`<div class="page-head"><h1>Pipelines</h1></div>
    <div id="pipelines" data-region>
      ${
        rows.length === 0
          ? noPipelines
          : html`<ul class="list paper">
              ${rows}
            </ul>`
      }
    </div>`;
  return layout(visit, { title: 'Pipelines', section: 'pipelines', body, live: true });
}

/** `/-/pipelines/N`: its jobs. */
export async function pipelinePage(visit: Visit, id: number): Promise<Html> {
  const path = `pipelines/${String(id)}`;
  const [pipeline, jobs] = await Promise.all([
    visit.api.get(path, rest.pipeline),
    unless([404], visit.api.list(`${path}/jobs`, rest.job, 100), []),
  ]);
  const body = html`<div class="page-head" id="head" data-region>
      <h1>Pipeline ${id}</h1>
      <p class="lede">
        ${pipelineStatus(pipeline.status)} on <bdi>${pipeline.ref}</bdi>
        ${when(pipeline.created_at, visit.now)}
      </p>
    </div>
    <div id="jobs" data-region>
      ${
        jobs.length === 0
          ? blank('No jobs known', 'Its runner has not told of any.')
          : html`<ul class="list paper">
              ${jobs.map(
                (job) =>
                  html`<li class="list-row">
                    <div>
                      <a class="row-title" href="${visit.links.job(job.id)}"
                        ><bdi>${job.name}</bdi></a
                      >
                      <p class="muted">
                        <bdi>${job.stage}</bdi
                        >${job.duration ? ` · ${span(job.duration * 1000)}` : ''}
                      </p>
                    </div>
                    <p class="row-end">${pipelineStatus(job.status)}</p>
                  </li>`,
              )}
            </ul>`
      }
    </div>`;
  return layout(visit, { title: `Pipeline ${String(id)}`, section: 'pipelines', body, live: true });
}

/** `/-/jobs/N`: what it wrote. */
export async function jobPage(visit: Visit, id: number): Promise<Html> {
  const path = `jobs/${String(id)}`;
  const job = await visit.api.get(path, rest.job);
  const trace = await unless([404], visit.api.raw(`${path}/trace`), undefined);
  const text = trace === undefined ? '' : (await trace.text()).replaceAll(marks, '').trim();
  const body = html`<div class="page-head" id="head" data-region>
      <h1><bdi>${job.name}</bdi></h1>
      <p class="lede">${pipelineStatus(job.status)} ${when(job.created_at, visit.now)}</p>
    </div>
    <div id="trace" data-region>
      ${
        text === ''
          ? blank('No output', 'This job has written nothing, or has not started.')
          : html`<pre class="trace" tabindex="0">${text.slice(-200_000)}</pre>`
      }
    </div>`;
  return layout(visit, { title: job.name, section: 'pipelines', body, live: true });
}
