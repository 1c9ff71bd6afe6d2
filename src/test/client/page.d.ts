// Types for the page's services. They write a path and its query as one string.

import type { paths } from './target/api';

export type * from './target/api';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** "/tasks/{id}" as `/tasks/${string}` */
type Written<Path> = Path extends `${infer Start}{${string}}${infer End}` ? `${Start}${string}${Written<End>}` : Path;

/** `/tasks?${string}` as "/tasks" */
type WithoutQuery<Path> = Path extends `${infer Start}?${string}` ? Start : Path;

type IsSame<A, B> = [A, B] extends [B, A] ? true : false;

/** The operation that a method and a written path stand for: never if there is none, any if the path is not known. */
type Operation<M extends Method, Path extends string> = string extends Path
  ? any
  : {
      [P in keyof paths]: IsSame<Written<P>, WithoutQuery<Path>> extends true
        ? NonNullable<paths[P][Lowercase<M>]>
        : never;
    }[keyof paths];

type Content<T> = T extends { content: infer Types } ? Types[keyof Types] : undefined;
type RequestBody<O> = O extends { requestBody?: infer Body } ? Content<Body> | Blob : undefined;
type ResponseBody<O> = O extends { responses: infer All } ? Content<All[keyof All & (200 | 201 | 204)]> : never;

interface Options<O> {
  body?: RequestBody<O>;
  headers?: Record<string, string>;
  timeoutMs?: number;
  signal?: AbortSignal;
}

type Known<M extends Method, Path extends string> = [Operation<M, Path>] extends [never]
  ? 'The API has no such call'
  : Path;

export type TaskQuery = NonNullable<paths['/tasks']['get']['parameters']['query']>;

export interface ApiResponse<T> extends Response {
  json(): Promise<T>;
}

export interface Page<T> {
  items: T[];
  /** The path of the next page */
  next: string | null;
}

/** Sends a request and returns the response. */
export type Call = <M extends Method, P extends string>(
  method: M,
  path: Known<M, P>,
  options?: Options<Operation<M, P>>,
) => Promise<ApiResponse<ResponseBody<Operation<M, P>>>>;

/** Sends a request and returns what the response contains. */
export type JsonCall = <M extends Method, P extends string>(
  method: M,
  path: Known<M, P>,
  options?: Options<Operation<M, P>>,
) => Promise<ResponseBody<Operation<M, P>>>;
