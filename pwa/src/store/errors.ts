/**
 * StoreError            the phone's storage did not do what was asked; nothing was half done
 * ├─ StorageFull        no space; retrying will not help, removing something will
 * ├─ StorageMissing     this browser gives the page no IndexedDB
 * └─ StorageFailing     it failed three times on fresh connections
 */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

export class StorageFull extends StoreError {
  override readonly name = 'StorageFull';
}

export class StorageMissing extends StoreError {
  override readonly name = 'StorageMissing';
}

export class StorageFailing extends StoreError {
  override readonly name = 'StorageFailing';
}
